"""From a timed tour to what its leaflet says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from guide.api.tours.clock import time_text
from guide.areas.served import ServedArea
from guide.domain.landmark import Landmark
from guide.domain.planned_tour import Halt, TimedTour
from guide.domain.route import SlopeStop
from guide.domain.sentence import slope_sentence
from guide.domain.slope import CatalogueSlope, Slope
from guide.http.texts import Language, distance_text, text
from guide.leaflet.words import Leaflet, Picture, Station

FindPhoto = Callable[[str | None], bytes | None]
"""Gives the JPEG of a photo by its address; None where there is none of ours."""

MOST_WARNINGS: Final = 6
"""A leaflet is no manual; the page has them all."""

_MINUTES_PER_HOUR: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above a tour: its name, and what is told of it."""

    title: str | None = None
    story: str | None = None


def compose_leaflet(
    area: ServedArea, tour: TimedTour, heading: Heading, link: str, language: Language, photos: FindPhoto
) -> Leaflet:
    """The leaflet of a tour; ``link`` is the address of its code. A tour without a title gets a plain one."""
    route, info = tour.route, area.manifest.area
    area_name = info.name_en if language is Language.EN else info.name_ja
    walk = text("route-file.title", language, area=area_name, km=distance_text(route.distance_m))
    return Leaflet(
        language=language.value,
        title=heading.title or walk,
        subtitle=walk if heading.title else None,
        area_name=area_name,
        story=heading.story,
        summary=_summary(tour, language),
        line=route.line,
        profile=route.profile,
        stations=_stations(area, tour, language, photos),
        warnings=tuple(dict.fromkeys(each.message(language.value) for each in route.warnings))[:MOST_WARNINGS],
        link=link,
        credits=tuple(credit.text for credit in area.manifest.credits),
        sample=info.sample,
    )


def _summary(tour: TimedTour, language: Language) -> tuple[str, ...]:
    route = tour.route
    facts = [distance_text(route.distance_m), _duration(tour.duration_s, language)]
    if route.ascent_m is not None:
        facts.append(text("leaflet.ascent", language, metres=f"{route.ascent_m:.0f}"))
    if route.steps:
        facts.append(text("leaflet.steps", language, steps=route.steps))
    return tuple(facts)


def _duration(seconds: float, language: Language) -> str:
    hours, minutes = divmod(round(seconds / 60), _MINUTES_PER_HOUR)
    if hours == 0:
        return text("leaflet.minutes", language, minutes=minutes)
    return text("leaflet.hours", language, hours=hours, minutes=minutes)


def _stations(area: ServedArea, tour: TimedTour, language: Language, photos: FindPhoto) -> tuple[Station, ...]:
    """Every halt that has a name, numbered as it comes; a point on the map is no place to read about."""
    stations: list[Station] = []
    for number, halt in enumerate(tour.halts):
        thing = _thing(area, halt)
        if thing is None:
            continue
        entry = thing.entry if isinstance(thing, Slope) else thing
        english = language is Language.EN
        name = (entry.name_en if english else None) or entry.name
        name = name or text("route-file.stop", language, number=number + 1)
        stations.append(
            Station(
                number=len(stations) + 1,
                name=name,
                reading=None if english else entry.reading,
                lng_lat=_place(thing, tour, number),
                along_m=_along_m(tour, number),
                is_slope=isinstance(thing, Slope),
                facts=_facts(thing, tour, number, language),
                story=entry.description_en if english else entry.description_ja,
                photo=_picture(entry, name, language, photos(entry.photo)),
            )
        )
    return tuple(stations)


def _picture(entry: CatalogueSlope | Landmark, name: str, language: Language, jpeg: bytes | None) -> Picture | None:
    """A photo that may be shown: there is one, and somebody is named for it."""
    if jpeg is None or entry.photo_credit is None:
        return None
    credit = f"{entry.photo_credit} ({entry.photo_licence})" if entry.photo_licence else entry.photo_credit
    return Picture(
        jpeg=jpeg,
        alt=text("leaflet.photo-of", language, name=name),
        credit=text("leaflet.photo", language, credit=credit),
    )


def _thing(area: ServedArea, halt: Halt) -> Slope | Landmark | None:
    if isinstance(halt.stop, SlopeStop):
        return area.slopes[halt.stop.slope_id]
    return area.landmarks[halt.landmark_id] if halt.landmark_id is not None else None


def _place(thing: Slope | Landmark, tour: TimedTour, number: int) -> tuple[float, float]:
    """Where one meets it: a slope at the end at which it is begun."""
    if isinstance(thing, Landmark):
        return thing.lng_lat
    leg = next(leg for leg in tour.route.legs if leg.slope_id is not None and leg.to_stop == number)
    assert thing.line is not None, "a slope that is walked has a line"  # noqa: S101 (the router walked it)
    lng, lat = thing.line[0 if leg.direction == "up" else -1].tolist()
    return lng, lat


def _along_m(tour: TimedTour, number: int) -> float:
    """How far one has walked when one comes there."""
    walked_m = 0.0
    for leg in tour.route.legs:
        if leg.to_stop > number or (leg.slope_id is not None and leg.to_stop == number):
            break
        walked_m += leg.distance_m
    return walked_m


def _facts(thing: Slope | Landmark, tour: TimedTour, number: int, language: Language) -> str | None:
    """When one comes there, which way a slope is taken, and how it measures."""
    facts = []
    if tour.depart_s is not None:
        arrive_s = tour.depart_s + tour.timings[number].arrive_s
        facts.append(text("leaflet.arrives", language, time=time_text(arrive_s)))
    if isinstance(thing, Slope):
        leg = next(leg for leg in tour.route.legs if leg.slope_id is not None and leg.to_stop == number)
        facts.append(text(f"leaflet.{leg.direction}", language))
        facts.append(slope_sentence(thing, language.value) or "")
    return text("leaflet.join", language).join(filter(None, facts)) or None
