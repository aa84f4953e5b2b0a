"""An area as it is being served: what was built, and what is made ready from it when first asked for."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from guide.area.lease import Lease
from guide.area.read import open_area
from guide.areas.archive import Archive, Content, open_local
from guide.domain.elevation import ElevationSource, HeightErrors
from guide.domain.errors import NotBuiltError, NotFoundError, SourceError
from guide.domain.landmark import Landmark
from guide.domain.slope import Slope
from guide.domain.walker import PACE, Preset, SlopesChoice, Walker
from guide.routing.course.geometry import Geometry
from guide.routing.routes.closures import Calendar, Conditions
from guide.routing.search.router import Router
from guide.routing.tours.surroundings import Surroundings
from guide.terrain.crop import open_crops
from guide.terrain.mosaic import Mosaic
from guide.terrain.uncertainty import estimate_errors

_T = TypeVar("_T")

_FEW_STOPS: Final = 5
_A_WALK: Final = timedelta(hours=3)


class ServedArea:
    """One build of one area, shared by all requests; it never changes, a newer build is another object.

    As long as it lives its files are not cleared away. ``open_file`` opens large files of its build by their names.
    """

    def __init__(self, directory: Path, open_file: Callable[[Path, str], Content | None] = open_local) -> None:
        self._open_file = open_file
        self._lease = Lease(directory)
        self.built = open_area(directory)
        self.manifest = self.built.manifest
        self.id = self.manifest.area.id
        self.build_id = directory.name
        self.zone = ZoneInfo(self.manifest.area.time_zone)
        self.slopes: Mapping[str, Slope] = {slope.entry.id: slope for slope in self.built.slopes}
        self.landmarks: Mapping[str, Landmark] = {landmark.id: landmark for landmark in self.built.landmarks}
        self._ready: dict[str, Any] = {}
        self._lock = Lock()
        self._locks: dict[str, Lock] = {}

    def get_slope(self, slope_id: str) -> Slope:
        """A slope by its id."""
        if slope_id not in self.slopes:
            raise NotFoundError(
                f"{self.id} has no slope {slope_id!r}. "
                f"The slopes are listed at /api/{self.id}/collections/slopes/items."
            )
        return self.slopes[slope_id]

    def get_landmark(self, landmark_id: str) -> Landmark:
        """A landmark by its id."""
        if landmark_id not in self.landmarks:
            raise NotFoundError(
                f"{self.id} has no landmark {landmark_id!r}. "
                f"The landmarks are listed at /api/{self.id}/collections/landmarks/items."
            )
        return self.landmarks[landmark_id]

    @property
    def walks(self) -> tuple[Router, Geometry]:
        """What routes are made with.

        Raises:
            NotBuiltError: the area has no streets yet.
        """
        return self.once("walks", self._make_walks)

    @property
    def surroundings(self) -> Surroundings:
        """What tours are planned in.

        Raises:
            NotBuiltError: the area has no streets yet.
        """
        return self.once("surroundings", lambda: Surroundings(*self.walks, self.slopes, self.landmarks, self.zone))

    @property
    def calendar(self) -> Calendar:
        """The area's closures by time.

        Raises:
            NotBuiltError: the area has no streets yet.
        """
        router, _ = self.walks
        return self.once("calendar", lambda: Calendar(self.built.closures, self.slopes, router.network))

    def routes_at_once(self, walker: Walker, stops: int, departure: datetime) -> bool:
        """Whether a route through so many stops takes but a millisecond: all is ready, and nothing is wished for."""
        if "walks" not in self._ready or "calendar" not in self._ready or stops > _FEW_STOPS:
            return False
        if walker.has_limits or walker.slopes is not SlopesChoice.NEUTRAL:
            return False
        router, _ = self.walks
        terms = self.calendar.between(departure, departure + _A_WALK).terms
        return router.knows(walker) and router.knows(walker, terms)

    def conditions(self, day: date | None, depart_s: float | None, lasts_s: float) -> Conditions:
        """What is closed or icy while somebody is on the way.

        Without a time of day (seconds from midnight), at any time of the day to come; without a day, today.
        """
        now = datetime.now(self.zone)
        midnight = datetime.combine(day or now.date(), time(), tzinfo=self.zone)
        if depart_s is None:
            ends = midnight + timedelta(days=1)
            return self.calendar.between(min(max(midnight, now), ends), ends)
        begins = midnight + timedelta(seconds=depart_s)
        return self.calendar.between(begins, begins + timedelta(seconds=lasts_s))

    @property
    def elevation(self) -> tuple[Mosaic, tuple[HeightErrors, ...]]:
        """The models that the area was built from, as far as it reaches, and how they err there.

        Raises:
            NotBuiltError: the build has none, or a file is damaged.
        """
        return self.once("elevation", self._open_elevation)

    def get_archive(self, name: str) -> Archive:
        """A tile archive by the name of its tileset.

        Raises:
            NotFoundError: the area has no such tileset.
            NotBuiltError: the archive is damaged.
        """
        file = self.manifest.archives.get(name)
        if file is None:
            has = ", ".join(sorted(self.manifest.archives)) or "none yet"
            raise NotFoundError(f"{self.id} has no tileset {name!r} (it has: {has}).")
        return self.once(f"archive {name}", lambda: self._open_archive(file))

    def _open_archive(self, file: str) -> Archive:
        content = self._open_file(self.built.directory, file)
        if content is None:
            raise NotBuiltError(f"{file}: the tile archive is missing. Build the area again.")
        return Archive(file, content)

    def find_near_archive(self, name: str) -> Archive | None:
        """A tile archive if it is open and lies on this machine, so that reading it takes no time."""
        archive: Archive | None = self._ready.get(f"archive {name}")
        return archive if archive is not None and archive.is_near else None

    def warm(self) -> None:
        """Make ready what the first visitor would otherwise wait for."""
        for name in self.manifest.archives:
            self.get_archive(name)
        if self.built.streets is not None:
            router, _ = self.walks
            router.metric(Walker(pace=PACE[Preset.TOURIST]))
            _ = router.snapper
            _ = router.lay
            _ = self.calendar

    def _open_elevation(self) -> tuple[Mosaic, tuple[HeightErrors, ...]]:
        models = [
            (
                self.built.directory / model.file,
                ElevationSource(id=model.id, resolution_m=model.resolution_m, sigma_m=model.sigma_m),
            )
            for model in self.manifest.elevation
            if model.file is not None
        ]
        streets = self.built.streets
        if not models or streets is None:
            raise NotBuiltError(f"{self.manifest.area.name_en} has no heights to give yet. Build the area again.")
        seen = [model.errors for model in self.manifest.elevation if model.file is not None]
        try:
            elevation = open_crops(models)
            if all(errors is not None for errors in seen):
                return elevation, tuple(errors for errors in seen if errors is not None)
            return elevation, estimate_errors(elevation, streets.network.point_lng_lat)
        except SourceError as error:
            raise NotBuiltError(f"The heights of {self.id} are damaged. Build the area again.") from error

    def _make_walks(self) -> tuple[Router, Geometry]:
        streets = self.built.streets
        if streets is None:
            why = " ".join(missing.message_en for missing in self.manifest.missing)
            raise NotBuiltError(
                f"No routes in {self.manifest.area.name_en} yet: its streets have not been built. {why}".strip()
            )
        slope_edges = {arc >> 1 for slope in self.built.slopes for arc in slope.arcs}
        return (
            Router(streets.network, streets.heights, streets.node_order, streets.prepared, slope_edges),
            Geometry(streets.network, streets.heights, streets.prepared, slope_edges),
        )

    def is_ready(self, key: str) -> bool:
        """Whether a thing has been made, so that asking for it takes no time."""
        return key in self._ready

    def once(self, key: str, make: Callable[[], _T]) -> _T:
        """What ``make`` gives, made once even if many ask at the same time."""
        if key not in self._ready:
            with self._lock:
                lock = self._locks.setdefault(key, Lock())
            with lock:  # of this thing alone: whoever wants a tile does not wait for the router
                if key not in self._ready:
                    self._ready[key] = make()
        ready: _T = self._ready[key]
        return ready
