"""Closures on a route: what is closed is gone round and named, what is icy or under works is told of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from guide.domain.closure import Closure, ClosureKind
from guide.domain.errors import NoWayError, SnapError
from guide.domain.network import Network
from guide.domain.route import Route, RouteWarning, StreetLabel
from guide.domain.slope import Slope
from guide.domain.texts import say
from guide.domain.walk import Walk
from guide.routing.costs.arc_costs import Terms
from guide.routing.routes.limits import street_label
from guide.routing.routes.plan import terms_of

_GONE_ROUND: Final[Mapping[ClosureKind, str]] = MappingProxyType(
    {ClosureKind.CLOSED: "closed-gone-round", ClosureKind.BEARS: "bears-gone-round"}
)
_PASSED: Final[Mapping[ClosureKind, str]] = MappingProxyType(
    {ClosureKind.ICE: "ice-passed", ClosureKind.WORKS: "works-passed", ClosureKind.NOTICE: "notice-passed"}
)

_SETS_KEPT: Final = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """The closures that hold at some time between two moments, and the terms on which one walks then."""

    active: tuple[Closure, ...]
    terms: Terms

    def on(self, walk: Walk) -> list[Closure]:
        """The closures that lie on a walk."""
        walked = set(walk.edge.tolist())
        return [closure for closure in self.active if not walked.isdisjoint(closure.edges)]


class Calendar:
    """The closures of an area by time; ``slopes`` are its slopes by their ids. Safe to use from several threads."""

    def __init__(self, closures: Iterable[Closure], slopes: Mapping[str, Slope], network: Network) -> None:
        self._closures = [closure for closure in closures if closure.edges]
        self._slopes = slopes
        self._network = network
        self._known: dict[tuple[str, ...], Conditions] = {}

    def between(self, begins: datetime, ends: datetime) -> Conditions:
        """The conditions for who is on the way from one moment to another (both with time zones)."""
        active = tuple(
            closure
            for closure in self._closures
            if (closure.starts is None or closure.starts <= ends) and (closure.ends is None or closure.ends > begins)
        )
        ids = tuple(closure.entry.id for closure in active)
        if ids not in self._known:
            # Another set holds as soon as a closure begins or ends; the sets of yesterday are not asked for again.
            self._known = {**dict(list(self._known.items())[-_SETS_KEPT:]), ids: _conditions(active)}
        return self._known[ids]

    def plan(self, plan: Callable[[Terms], Route], departure: datetime) -> tuple[Route, Conditions]:
        """The route that ``plan`` finds on the terms of its time, its closures named, and the conditions.

        The way that would be best on any day is found first: if nothing is closed or icy on it, it is still the best,
        and how long it takes says which closures matter. Those on it that nobody passes are what one goes round.

        Raises:
            NoWayError: closures leave no way; they are named.
        """
        plain = plan(Terms())
        found = self.between(departure, departure + timedelta(seconds=plain.duration_s))
        on_way = found.on(plain.walk)
        if not any(closure.entry.kind.closes or closure.entry.kind.is_icy for closure in on_way):
            return self.told(plain, found), found
        closing = [closure for closure in on_way if closure.entry.kind.closes]
        try:
            route = plan(found.terms)
        except (NoWayError, SnapError) as error:
            if not closing:
                raise
            names = ", ".join(self._place(closure).called("en") for closure in closing)
            raise NoWayError(f"{error.message} Closed at that time: {names}.") from error
        gone_round = [self._warning(_GONE_ROUND[closure.entry.kind], closure) for closure in closing]
        return self.told(replace(route, warnings=(*route.warnings, *gone_round)), found), found

    def told(self, route: Route, conditions: Conditions) -> Route:
        """A route with what ice, works and notices are on it."""
        passed = [(_PASSED[one.entry.kind], one) for one in conditions.on(route.walk) if one.entry.kind in _PASSED]
        if not passed:
            return route
        return replace(route, warnings=(*route.warnings, *(self._warning(*each) for each in passed)))

    def _warning(self, type_: str, closure: Closure) -> RouteWarning:
        values = {"place": self._place(closure), "until": _Until(closure.ends), "why": _Why(closure)}
        return RouteWarning(type=type_, values={**values, "closure": closure.entry.id})

    def _place(self, closure: Closure) -> "_Place":
        slope = self._slopes.get(closure.entry.slope_id or "")
        return _Place(slope, street_label(self._network, closure.edges[0]))


def _conditions(active: tuple[Closure, ...]) -> Conditions:
    def edges(wanted: Callable[[ClosureKind], bool]) -> frozenset[int]:
        return frozenset(edge for closure in active if wanted(closure.entry.kind) for edge in closure.edges)

    return Conditions(active=active, terms=terms_of(edges(lambda kind: kind.closes), edges(lambda kind: kind.is_icy)))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a closure is, by the name of its slope or else of its street."""

    slope: Slope | None
    street: StreetLabel

    def called(self, language: str) -> str:
        if self.slope is None:
            return self.street.called(language)
        return (self.slope.entry.name_en if language == "en" else None) or self.slope.entry.name


@dataclass(frozen=True, slots=True)
class _Until:
    """Until when it lasts, nothing where nobody knows."""

    moment: datetime | None

    def called(self, language: str) -> str:
        if self.moment is None:
            return ""
        return say(language, "route.closure-until", moment=f"{self.moment:%Y-%m-%d %H:%M}")


@dataclass(frozen=True, slots=True)
class _Why:
    """What staff wrote of it, nothing where they wrote nothing."""

    closure: Closure

    def called(self, language: str) -> str:
        entry = self.closure.entry
        words = entry.description_ja if language == "ja" else entry.description_en
        words = words or entry.description_en or entry.description_ja
        return say(language, "route.closure-why", words=words) if words else ""
