"""Chosen climbs as the rows of a catalogue, each saying why it was chosen."""

import csv
import io
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guide.catalogue.slopes_csv import COLUMNS
from guide.climbs.names import free_id
from guide.domain.network import StreetName
from guide.domain.texts import say
from tiles.discover.candidates import Candidates
from tiles.discover.naming import is_japanese

PLACES: Final = 6
"""Decimals of a degree: a decimetre."""

STRAIGHT: Final = 0.95
WIDE_SIGHT_M: Final = 1000.0
QUIET: Final = 0.85


def to_csv(
    candidates: Candidates,
    sight_m: NDArray[np.float64],
    names: Sequence[StreetName],
    ways: Sequence[int],
    credit: str,
) -> str:
    """A ``slopes.csv``: a row for each candidate, in their order."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    used: set[str] = set()
    for index, (name, way) in enumerate(zip(names, ways, strict=True)):
        lng, lat = candidates.middle_lng_lat[index].tolist()
        local = name.ja or name.local
        writer.writerow({
            "id": free_id(name, way, used),
            "name": local,
            "reading": name.reading or "",
            "name_en": name.en or ("" if is_japanese(name.local) else name.local),
            "lng": f"{lng:.{PLACES}f}",
            "lat": f"{lat:.{PLACES}f}",
            "licence": "ODbL-1.0",
            "sources": credit,
            "note": why(candidates, sight_m, index, "ja" if is_japanese(local) else "en"),
        })  # fmt: skip
    return out.getvalue()


def why(candidates: Candidates, sight_m: NDArray[np.float64], index: int, language: str) -> str:
    """Why a climb was chosen, in a sentence of facts."""
    length_m = float(candidates.length_m[index])
    rise_m, sure_m = float(candidates.rise_m[index]), float(candidates.sure_rise_m[index])
    values = {
        "length": round(length_m),
        "rise": round(rise_m),
        "grade": round(100 * rise_m / length_m),
        "sure_rise": math.floor(sure_m),
        "sure": math.floor(100 * sure_m / length_m),
    }
    said = [say(language, f"discover.why-{'measured' if candidates.measured[index] else 'proven'}", **values)]
    if candidates.stairs_m[index] > 0:
        said.append(say(language, "discover.why-stairs", metres=max(round(float(candidates.stairs_m[index])), 1)))
    if candidates.straightness[index] >= STRAIGHT:
        said.append(say(language, "discover.why-straight"))
    if sight_m[index] >= WIDE_SIGHT_M:
        said.append(say(language, "discover.why-sight", km=f"{sight_m[index] / 1000:.1f}"))
    if candidates.quiet[index] >= QUIET:
        said.append(say(language, "discover.why-quiet"))
    return say(language, "discover.why-join").join(said) + say(language, "discover.why-end")
