"""Names as they are compared, and ids made of them."""

import re
import unicodedata

from guide.domain.network import StreetName


def normalised(name: str) -> str:
    """A name as it is compared: width, case and spaces do not matter."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", name)).strip().casefold()


def free_id(name: StreetName, way: int, used: set[str]) -> str:
    """An id from the name where it has a Latin one, else from the way; the way also tells namesakes apart.

    The id is added to ``used``.
    """
    latin = unicodedata.normalize("NFKD", name.en or name.local).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", latin.lower()).strip("-")
    slope_id = slug if slug and slug not in used else f"{slug or 'way'}-{way}"
    used.add(slope_id)
    return slope_id
