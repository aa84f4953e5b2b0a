"""Elevation models as an area describes them."""

from pathlib import Path

from guide.domain.elevation import Elevation, ElevationSource
from guide.terrain.open import open_elevation
from tiles.areas import ElevationSpec


def open_model(spec: ElevationSpec, path: Path) -> Elevation:
    """The elevation model that an area describes, from where its file lies.

    Raises:
        SourceError: the file is missing, broken or of another kind.
    """
    model = ElevationSource(id=spec.id, resolution_m=spec.resolution_m, sigma_m=spec.sigma_m)
    return open_elevation(spec.kind, path, source=model, crs=spec.crs)
