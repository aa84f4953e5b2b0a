"""The data as pages for people: what each template is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from guide.api.credits import attribution
from guide.api.features import facts
from guide.api.features.collection import CLOSURES, LANDMARKS, SLOPES, TOURS, Collection, Feature, get_collection
from guide.api.features.descriptions import all_collections, area_name
from guide.api.features.paging import Page
from guide.api.features.structured import structured_data
from guide.api.links import Links, with_query
from guide.api.schemas.features import CollectionInfo
from guide.api.schemas.links import Link
from guide.areas.served import ServedArea
from guide.domain.slope import Theme
from guide.http.pages import Pages
from guide.http.texts import Language, text

_MOST_ON_MAP: Final = 2000


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a collection: the collection, what of it is shown, and the links of the page."""

    collection: Collection
    page: Page
    links: list[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A feature that another page leads to."""

    name: str
    href: str
    other: str | None = None
    note: str | None = None


def landing_page(pages: Pages, area: ServedArea, links: Links) -> bytes:
    """An area's data in one page."""
    slopes = f"{links.collection(SLOPES)}/items"
    return render_page(
        pages, "landing.html", area, links,
        title=text("data.api-title", links.language, area=area_name(area, links)),
        about=text("data.api-about", links.language, area=area_name(area, links)),
        collections=[(info, len(get_collection(area, info.id).features)) for info in all_collections(area, links)],
        features=with_query(slopes, {"f": "json", "limit": str(_MOST_ON_MAP)}), items=slopes,
        tilesets=sorted(area.manifest.archives),
    )  # fmt: skip


def conformance_page(pages: Pages, area: ServedArea, links: Links, classes: tuple[str, ...]) -> bytes:
    """The standards that are kept."""
    title = text("data.conformance", links.language)
    return render_page(pages, "conformance.html", area, links, title=title, about=None, classes=classes)


def collection_page(pages: Pages, area: ServedArea, links: Links, info: CollectionInfo) -> bytes:
    """What a collection is."""
    items = f"{links.collection(info.id)}/items"
    return render_page(
        pages, "collection.html", area, links,
        title=info.title, about=info.description, info=info, items=items,
        features=with_query(items, {"f": "json", "limit": str(_MOST_ON_MAP)}),
    )  # fmt: skip


def items_page(pages: Pages, area: ServedArea, links: Links, listing: Listing) -> bytes:
    """A page of a collection as a list with a map."""
    collection = listing.collection
    hrefs = {link.rel: link.href for link in listing.links}
    shown = {**links.query, "f": "json", "limit": str(max(len(listing.page.places), 1))}
    items = f"{links.collection(collection.name)}/items"
    return render_page(
        pages, "items.html", area, links,
        title=f"{area_name(area, links)}: {text(f'collection.{collection.name}', links.language)}",
        about=text(f"collection.{collection.name}-about", links.language),
        collection=collection.name,
        entries=[_entry(links, collection.name, collection.features[place]) for place in listing.page.places],
        count=text("data.count", links.language, matched=listing.page.matched, returned=len(listing.page.places)),
        next=hrefs.get("next"),
        first=None if "after" not in links.query else with_query(items, _without(links.query, "after")),
        features=with_query(items, shown),
        formats=[link for link in listing.links if link.rel == "alternate"],
        query=links.query,
        themes=list(Theme) if collection.name in {SLOPES, LANDMARKS} else [],
        items=items,
    )  # fmt: skip


def item_page(pages: Pages, area: ServedArea, links: Links, collection: Collection, feature: Feature) -> bytes:
    """One feature."""
    language, name = links.language, collection.name
    has_profile = name == SLOPES and feature["properties"]["length_m"] is not None
    profile = links.profile(str(feature["id"])) if has_profile else None
    about = facts.description_of(feature, language)
    return render_page(
        pages, "item.html", area, links,
        title=f"{facts.name_of(feature, language)} ({area_name(area, links)})",
        about=about or feature["properties"].get(f"sentence_{language.value}"),
        name=facts.name_of(feature, language),
        other=facts.other_name_of(feature, language),
        story=about,
        kind=facts.kind_of(feature["properties"], language),
        themes=feature["properties"].get("themes", []),
        measures=facts.measures_of(feature, language),
        notes=facts.notes_of(feature, name, language),
        properties=feature["properties"],
        photo=links.photo(feature["properties"].get("photo")),
        profile=profile,
        related=_related(area, links, name, feature),
        features=with_query(links.item(name, str(feature["id"])), {"f": "json"}),
        walk=_walk(links, name, feature),
        structured=structured_data(area, links, name, feature, profile),
        canonical=links.item(name, str(feature["id"])),
        collection=name,
        suggest=links.suggest(str(feature["id"])) if name == SLOPES else None,
        embed=links.embed(name, str(feature["id"])) if name in {SLOPES, TOURS} else None,
    )  # fmt: skip


def render_page(pages: Pages, template: str, area: ServedArea, links: Links, **values: Any) -> bytes:  # noqa: ANN401 (each template's own)
    """A page of an area, with all that its frame shows."""
    other = Language.EN if links.language is Language.JA else Language.JA
    given = {"features": None, "items": None, "profile": None, "structured": None, "embed": None, **values}
    canonical = given.pop("canonical", f"{links.base_url}{links.path}")
    return pages.render(
        template, links.language,
        area_id=area.id, area=area_name(area, links), sample=area.manifest.area.sample, links=links,
        home=links.page(links.root), credits=area.manifest.credits, attribution=attribution(area),
        other_language=other.value, in_other_language=links.in_language(other), canonical=canonical,
        **given,
    )  # fmt: skip


def _entry(links: Links, collection: str, feature: Feature) -> Entry:
    properties, language = feature["properties"], links.language
    note = None
    if properties.get("mean_grade_percent") is not None:
        note = f"{properties['mean_grade_percent']:.1f} %, {properties['length_m']:.0f} m"
    elif properties.get("distance_m") is not None:
        note = f"{properties['distance_m'] / 1000:.1f} km"
    elif properties.get("kind") is not None:
        note = facts.kind_of(properties, language)
    name = facts.name_of(feature, language)
    if collection == CLOSURES:
        name = facts.description_of(feature, language) or name
    return Entry(
        name=name,
        href=links.page(links.item(collection, str(feature["id"]))),
        other=facts.other_name_of(feature, language),
        note=note if note != name else None,
    )


def _related(area: ServedArea, links: Links, collection: str, feature: Feature) -> list[tuple[str, list[Entry]]]:
    """What lies beside a feature or takes it, under a heading each."""
    properties, language = feature["properties"], links.language
    slopes, landmarks = get_collection(area, SLOPES), get_collection(area, LANDMARKS)
    groups: list[tuple[str, list[tuple[Collection, str]]]] = []
    if collection == SLOPES:
        groups.append(("data.beside", [(landmarks, each) for each in properties["landmarks"]]))
        tours, closures = get_collection(area, TOURS), get_collection(area, CLOSURES)
        takes = [(tours, tour) for tour, at in zip(tours.ids, tours.features, strict=True) if _takes(at, feature)]
        shut = [
            (closures, each)
            for each, at in zip(closures.ids, closures.features, strict=True)
            if at["properties"]["slope"] == feature["id"]
        ]
        groups += [("data.on-tours", takes), ("data.closures", shut)]
    elif collection == LANDMARKS:
        groups.append(("data.beside", [(slopes, each) for each in properties["slopes"]]))
    elif collection == TOURS:
        stops = [(slopes if slopes.find(stop["id"]) else landmarks, str(stop["id"])) for stop in properties["stops"]]
        groups.append(("data.stops", stops))
    elif properties["slope"] is not None:
        groups.append(("collection.slopes", [(slopes, properties["slope"])]))
    return [
        (text(heading, language), entries)
        for heading, members in groups
        if (entries := [_entry(links, of.name, found) for of, each in members if (found := of.find(each))])
    ]


def _takes(tour: Feature, slope: Feature) -> bool:
    return any(stop["id"] == slope["id"] for stop in tour["properties"]["stops"])


def _walk(links: Links, collection: str, feature: Feature) -> str:
    """The visitors' map, open at this feature."""
    asked = {"area": links.area_id, "lang": links.language.value}
    if collection == SLOPES:
        asked["slope"] = str(feature["id"])
    elif collection == LANDMARKS:
        asked["stop"] = f"landmark:{feature['id']}"
    return with_query(f"{links.base_url}/", asked)


def _without(query: Mapping[str, str], name: str) -> dict[str, str]:
    return {each: value for each, value in query.items() if each != name}
