"""Getting a source's file when it is nowhere here: by its origin, as far as the network may be used."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from guide.domain.errors import SourceError
from tiles.areas import AreaSpec, ElevationSpec, LandmarkSpec, OsmSpec
from tiles.fetch.elevation_tiles import fetch_gsi_tiles
from tiles.fetch.files import fetch_file, fetch_geotiff
from tiles.fetch.http import Fetcher
from tiles.manifest import program
from tiles.sources import Download, Spec

Tell = Callable[[int, int], None]
"""Told how much is done and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How the network may be used: not at all, or for at most ``patience_s`` seconds (None: as long as it takes)."""

    allowed: bool = True
    patience_s: float | None = None

    def downloader(self, area: str, spec: AreaSpec) -> Download:
        """What gets the files of an area; its patience is for all of them together."""
        fetcher = Fetcher(deadline_s=self.patience_s)

        def download(source: Spec, path: Path) -> None:
            if source.origin == "formula":
                make_sample(path)
            elif source.origin == "file":
                raise SourceError(f"{path.name} cannot be downloaded; put it into the folder HYAKUSAKA_SOURCES.")
            elif not self.allowed:
                raise SourceError(
                    f"{path.name} is not here yet; connect to the internet and run: python -m tiles fetch {area}"
                )
            else:
                with fetcher, _bar(f"{area}: {path.name}") as tell:
                    fetch(fetcher, source, spec, path, tell)

        return download


def fetch(fetcher: Fetcher, source: Spec, spec: AreaSpec, path: Path, tell: Tell) -> None:
    """Get one source over the network.

    Raises:
        SourceError: it could not be had.
    """
    match source:
        case OsmSpec(origin="overpass"):
            from tiles.fetch.overpass import fetch_overpass  # noqa: PLC0415 (osmnx takes seconds to import)

            fetch_overpass(fetcher, spec.bbox, path, base_url=source.url, progress=tell)
        case ElevationSpec(origin="tiles", kind="gsi_tiles", url=str(url)):
            fetch_gsi_tiles(fetcher, base_url=url, bbox=spec.bbox, folder=path, progress=tell)
        case ElevationSpec(origin="url", kind="geotiff", url=str(url)):
            fetch_geotiff(fetcher, url, path, progress=tell)
        case (
            OsmSpec(origin="url", url=str(url))
            | ElevationSpec(origin="url", url=str(url))
            | LandmarkSpec(origin="url", url=str(url))
        ):
            fetch_file(fetcher, url, path, progress=tell)
        case _:
            raise SourceError(f"area.toml gives no way to download {path.name} (origin {source.origin!r}).")


def make_sample(path: Path) -> None:
    """Write the sample town's files beside ``path``, which is one of them, unless this program already has."""
    from tiles.sample.write import write_sample  # noqa: PLC0415 (only the sample needs it)

    made_by = path.with_name(".made-by")
    if path.exists() and made_by.is_file() and made_by.read_text() == program().sha256:
        return
    write_sample(path.parent)
    made_by.write_text(program().sha256)


@contextmanager
def _bar(title: str) -> Iterator[Tell]:
    """A bar on a terminal; elsewhere one line when it is done."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total or None)
    if not console.is_terminal:
        console.print(f"{title}: fetched", highlight=False)
