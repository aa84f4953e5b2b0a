"""The OSRM v5 protocol, so that its clients work unchanged: route, table and nearest on foot.

Replies and errors are OSRM's own (``code``, ``message``), not problem details. The profile's name in the address is
not looked at, as in OSRM.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath

from guide.api.areas.inputs import Registry
from guide.api.osrm.request import (
    MOST_TABLE,
    OsrmError,
    Place,
    parse_number,
    parse_places,
    parse_route_options,
    parse_table,
    parse_walker,
    parse_waypoints,
)  # fmt: skip
from guide.api.osrm.route import OsrmWriter, waypoint
from guide.api.osrm.table import table_cells
from guide.api.schemas.osrm import OsrmReply
from guide.areas.served import ServedArea
from guide.domain.errors import GuideError, NotBuiltError, NotFoundError, NoWayError, SnapError, UnknownAreaError
from guide.domain.route import PointStop, Snap
from guide.domain.walker import SlopesChoice
from guide.http.described import gives
from guide.http.parameters import FREE
from guide.http.replies import JSON, encoded_reply
from guide.http.work import done
from guide.routing.course.geometry import Geometry
from guide.routing.routes.alternatives import alternatives
from guide.routing.routes.plan import plan
from guide.routing.search.chain import Search
from guide.routing.search.table import Table

_CODES: Final[tuple[tuple[type[GuideError], str, int], ...]] = (
    (SnapError, "NoSegment", 400),
    (NoWayError, "NoRoute", 400),
    (UnknownAreaError, "InvalidUrl", 404),
    (NotFoundError, "InvalidUrl", 404),
    (NotBuiltError, "DisabledDataset", 503),
    (GuideError, "InvalidValue", 400),
)


@get(
    "/osrm/{area_id:str}/{service:str}/{version:str}/{profile:str}/{coordinates:str}",
    summary="The OSRM v5 protocol / OSRM 互換",
    opt={FREE: True, **gives({JSON: OsrmReply}, own_errors=OsrmReply, kept=False)},
)
async def get_osrm(  # noqa: PLR0913, PLR0917 (the parts of OSRM's address)
    request: Request[Any, Any, Any],
    registry: Registry,
    area_id: FromPath[str],
    service: FromPath[str],
    version: FromPath[str],
    profile: FromPath[str],  # noqa: ARG001 (taken, as OSRM takes it)
    coordinates: FromPath[str],
) -> Response[bytes]:
    """Services route, table and nearest; heights and grades stand beside OSRM's own fields."""
    query = {name: values[-1] for name, values in request.query_params.dict().items()}

    def work() -> tuple[int, bytes]:
        try:
            answer = _service(service, version)
            places = parse_places(coordinates.removesuffix(".json"), query)
            content = {"code": "Ok", **answer(registry.get(area_id), places, query)}
            return 200, msgspec.json.encode(content)
        except OsrmError as error:
            return 400, msgspec.json.encode({"code": error.code, "message": error.message})
        except GuideError as error:
            code, status = next(row[1:] for row in _CODES if isinstance(error, row[0]))
            return status, msgspec.json.encode({"code": code, "message": error.message})

    status, body = await done(work, quick=_is_quick(registry.find_open(area_id), service, coordinates, query))
    return encoded_reply(body, media_type=JSON, status=status)


def _is_quick(area: ServedArea | None, service: str, coordinates: str, query: Mapping[str, str]) -> bool:
    """Whether the answer takes but a millisecond; of what is worded wrongly, the answer will say so."""
    if area is None or service not in {"route", "nearest"} or query.get("alternatives", "false") != "false":
        return False
    try:
        walker = parse_walker(query)
    except OsrmError:
        return True
    return area.routes_at_once(walker, coordinates.count(";") + 1, datetime.now(area.zone))


def _service(name: str, version: str) -> "_Service":
    if version != "v1":
        raise OsrmError("InvalidVersion", f"Version {version} not supported; use v1.")
    if name not in _SERVICES:
        raise OsrmError("InvalidService", f"Service {name} not found!")
    return _SERVICES[name]


def _route(area: ServedArea, places: tuple[Place, ...], query: Mapping[str, str]) -> dict[str, Any]:
    if len(places) < 2:  # noqa: PLR2004 (a begin and an end)
        raise OsrmError("InvalidOptions", "Number of coordinates needs to be at least two.")
    options, walker = parse_route_options(query, len(places)), parse_walker(query)
    router, geometry = area.walks
    stops = tuple(PointStop(lng_lat=place.lng_lat) for place in places)
    search = Search(router=router, stops=stops, slopes={})
    route, conditions = area.calendar.plan(lambda terms: plan(search, geometry, walker, terms), datetime.now(area.zone))
    routes = [route]
    if options.alternatives:
        taken, _ = alternatives(search, geometry, walker, conditions.terms)
        # The fastest is the route itself for who has no wishes about slopes.
        others = taken[1:] if walker.slopes is SlopesChoice.NEUTRAL else taken
        routes += [each.route for each in others[: options.alternatives]]
    snaps = [
        _reached(snap, place, number) for number, (snap, place) in enumerate(zip(routes[0].snaps, places, strict=True))
    ]
    writer = OsrmWriter(
        network=router.network,
        geometry=geometry,
        options=options,
    )
    return {
        "routes": [writer.route(route) for route in routes],
        **_waypoints(area, query, waypoints=[snaps[number] for number in options.waypoints]),
    }


def _table(area: ServedArea, places: tuple[Place, ...], query: Mapping[str, str]) -> dict[str, Any]:
    options = parse_table(query, len(places))
    sources, targets = options.sources, options.destinations
    if max(len(sources), len(targets)) > MOST_TABLE:
        raise OsrmError("TooBig", f"Number of table coordinates is higher than current maximum ({MOST_TABLE})")
    router, geometry = area.walks
    now = datetime.now(area.zone)
    stops = [PointStop(lng_lat=place.lng_lat) for place in places]
    table = Table(router, parse_walker(query), stops, area.calendar.between(now, now).terms)
    snaps = [
        _reached(snap, place, number) for number, (snap, place) in enumerate(zip(table.snaps, places, strict=True))
    ]
    meant = snaps if options.from_snapped else places
    return {
        **table_cells(table, geometry, options, [each.lng_lat for each in meant]),
        **_waypoints(area, query, sources=[snaps[i] for i in sources], destinations=[snaps[i] for i in targets]),
    }


def _nearest(area: ServedArea, places: tuple[Place, ...], query: Mapping[str, str]) -> dict[str, Any]:
    if len(places) != 1:
        raise OsrmError("InvalidOptions", "Only one input coordinate is supported.")
    router, geometry = area.walks
    metric = router.metric(parse_walker(query))
    snaps = router.snapper.nearest_many(places[0].lng_lat, metric.edge_component, parse_number(query))
    _reached(snaps[0], places[0], 0)
    network, wanted = router.network, parse_waypoints(query)
    return {
        "waypoints": [
            {
                **waypoint(network, snap, hint=wanted.hints),
                "nodes": _segment(geometry, snap),
            }
            for snap in snaps
            if places[0].radius_m is None or snap.distance_m <= places[0].radius_m
        ]
    }


_Service = Callable[[ServedArea, tuple[Place, ...], Mapping[str, str]], dict[str, Any]]
_SERVICES: Final[Mapping[str, _Service]] = {"route": _route, "table": _table, "nearest": _nearest}


def _segment(geometry: Geometry, snap: Snap) -> list[int]:
    """The OSM nodes at both ends of the segment on which a snap lies."""
    network = geometry.network
    begin = geometry.segment_at(snap.edge, snap.fraction * float(network.edge_length_m[snap.edge]))
    return [int(node) for node in network.point_osm_id[begin : begin + 2]]


def _reached(snap: Snap | None, place: Place, number: int) -> Snap:
    """The snap of a place, if it lies within the place's radius."""
    if snap is None or (place.radius_m is not None and snap.distance_m > place.radius_m):
        raise OsrmError("NoSegment", f"Could not find a matching segment for coordinate {number}.")
    return snap


def _waypoints(area: ServedArea, query: Mapping[str, str], **rows: list[Snap]) -> dict[str, list[dict[str, Any]]]:
    """Rows of waypoints by their names, unless they are not wanted."""
    wanted, (router, _) = parse_waypoints(query), area.walks
    if wanted.skipped:
        return {}
    return {name: [waypoint(router.network, snap, hint=wanted.hints) for snap in row] for name, row in rows.items()}
