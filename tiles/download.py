"""Getting a source's file when it is nowhere here: by its origin, as far as the network may be used."""

from dataclasses import dataclass
from pathlib import Path

from guide.domain.errors import SourceError
from tiles.areas import AreaSpec, ElevationSpec, OsmSpec
from tiles.sources import Download


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How the network may be used: not at all, or for at most ``patience_s`` seconds (None: as long as it takes)."""

    allowed: bool = True
    patience_s: float | None = None

    def downloader(self, area: str, spec: AreaSpec) -> Download:
        """What gets the files of an area."""
        del spec

        def download(source: OsmSpec | ElevationSpec, path: Path) -> None:
            if source.origin == "formula":
                make_sample(path)
                return
            raise SourceError(f"not fetched yet; connect to the internet and run: python -m tiles fetch {area}")

        return download


def make_sample(path: Path) -> None:
    """Write the sample town's files beside ``path``, which is one of them."""
    from tiles.sample.write import write_sample  # noqa: PLC0415 (only the sample needs it)

    write_sample(path.parent)
