"""The cards: what their templates are given."""

from guide.api.features import facts
from guide.api.features.collection import LANDMARKS, SLOPES, TOURS, Feature, get_collection
from guide.api.features.descriptions import area_name
from guide.api.links import Links, with_query
from guide.areas.served import ServedArea
from guide.http.pages import Pages
from guide.http.texts import Language, distance_text, text


def slope_card(pages: Pages, area: ServedArea, links: Links, feature: Feature) -> bytes:
    """A slope: name, sentence, map, profile."""
    properties, item_id = feature["properties"], str(feature["id"])
    sentence = properties.get(f"sentence_{links.language.value}")
    profile = None if properties["length_m"] is None else links.profile(item_id)
    return _card(pages, area, links, SLOPES, feature, lines=[sentence] if sentence else [], profile=profile)


def tour_card(pages: Pages, area: ServedArea, links: Links, feature: Feature) -> bytes:
    """A tour: name, length and time, map, stops in their order."""
    slopes, landmarks = get_collection(area, SLOPES), get_collection(area, LANDMARKS)
    found = [slopes.find(stop["id"]) or landmarks.find(stop["id"]) for stop in feature["properties"]["stops"]]
    stops = [facts.name_of(stop, links.language) for stop in found if stop is not None]
    return _card(pages, area, links, TOURS, feature, lines=_in_short(feature, links.language), stops=stops)


def _in_short(feature: Feature, language: Language) -> list[str]:
    """How far, how high and how long, in one line; nothing where it cannot be walked."""
    properties = feature["properties"]
    if properties["distance_m"] is None:
        return []
    parts = [distance_text(properties["distance_m"])]
    if properties["ascent_m"] is not None:
        parts.append(f"↗ {properties['ascent_m']:.0f} m")
    parts.append(text("data.minutes", language, minutes=round(properties["duration_s"] / 60)))
    return [" · ".join(parts)]


def _card(  # noqa: PLR0913 (what a card is made of)
    pages: Pages,
    area: ServedArea,
    links: Links,
    collection: str,
    feature: Feature,
    *,
    lines: list[str],
    profile: str | None = None,
    stops: list[str] | None = None,
) -> bytes:
    item_id = str(feature["id"])
    page = with_query(links.item(collection, item_id), {"f": "html", "lang": links.language.value})
    return pages.render(
        "embed.html", links.language,
        area_id=area.id, area=area_name(area, links), name=facts.name_of(feature, links.language),
        other=facts.other_name_of(feature, links.language), lines=lines, profile=profile, stops=stops or [],
        features=with_query(links.item(collection, item_id), {"f": "json"}), items=None, page=page,
        placed=feature["geometry"] is not None, credits=area.manifest.credits, sample=area.manifest.area.sample,
    )  # fmt: skip
