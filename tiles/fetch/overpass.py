"""Streets and landmarks of a box, as the Overpass API replies.

The address, the time limit and the head of the query are osmnx's settings, so whoever has set osmnx up for a server
of their own has set this up too. The request itself is not osmnx's: that one is private, waits 55 s after every 429
or 504 whatever the server says, tries for ever, keeps replies that broke off half-way (a "remark" beside status 200),
and cannot be given a deadline.
"""

from collections import defaultdict
from pathlib import Path

from osmnx import settings

from tiles.fetch.checks import check_overpass
from tiles.fetch.http import Fetcher, Progress, silent
from tiles.osm.landmarks import KIND_OF_TAG
from tiles.osm.wheel_tags import OBSTACLES

Bbox = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def fetch_overpass(
    fetcher: Fetcher, bbox: Bbox, path: Path, *, base_url: str | None = None, progress: Progress = silent
) -> None:
    """Save the reply to ``overpass_query`` as it came, once it is known to be whole.

    Args:
        fetcher: the client.
        bbox: the box.
        path: the JSON file; kept if it is there already.
        base_url: the API without ``/interpreter``; osmnx's ``settings.overpass_url`` if not given.
        progress: told bytes (a total is rarely known).

    Raises:
        SourceError: the reply could not be had.
    """
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    base = (base_url or str(settings.overpass_url)).rstrip("/").removesuffix("/interpreter")
    fetcher.fetch_file(
        f"{base}/interpreter", path, check=check_overpass, progress=progress, form={"data": overpass_query(bbox)}
    )


def overpass_query(bbox: Bbox) -> str:
    """Every highway and every landmark we know of in the box, with the nodes that their lines stand on.

    Kerbs, and barriers that wheels do not pass, are asked for by name: the lines' own nodes come without tags.
    """
    west, south, east, north = bbox
    box = f"({south:.7f},{west:.7f},{north:.7f},{east:.7f})"
    values: dict[str, list[str]] = defaultdict(list)
    for key, value in KIND_OF_TAG:
        values[key].append(value)
    landmarks = "".join(f'nw["{key}"~"^({"|".join(known)})$"]{box};' for key, known in values.items())
    wheels = f'node["kerb"]{box};node["barrier"~"^({"|".join(sorted(OBSTACLES))})$"]{box};'
    memory = "" if settings.overpass_memory is None else f"[maxsize:{settings.overpass_memory}]"
    head = str(settings.overpass_settings).format(timeout=settings.requests_timeout, maxsize=memory)
    return f'{head};(way["highway"]{box};{landmarks}{wheels});out body;>;out skel qt;'
