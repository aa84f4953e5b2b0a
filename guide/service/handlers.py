"""Everything that the service answers to, and what its handlers are given."""

import asyncio
from functools import partial
from typing import Any, Final

from litestar import Request
from litestar.datastructures import State
from litestar.di import Provide
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from guide.api.areas import about
from guide.api.areas.inputs import Registry, provide_language
from guide.api.changes import handlers as changes
from guide.api.embeds import handlers as embeds
from guide.api.features import items, landing
from guide.api.features.asked import provide_question
from guide.api.isochrones import handlers as isochrones
from guide.api.leaflets import handlers as leaflets
from guide.api.leaflets import pictures
from guide.api.loops import handlers as loops
from guide.api.opendata import handlers as opendata
from guide.api.osrm import handlers as osrm
from guide.api.page import handlers as page
from guide.api.photos import handlers as photos
from guide.api.planner.planner import Planner
from guide.api.profiles import elevation
from guide.api.profiles import handlers as profiles
from guide.api.routes import handlers as routes
from guide.api.search import handlers as search
from guide.api.styles import handlers as styles
from guide.api.suggestions import handlers as suggestions
from guide.api.tiles import handlers as tiles
from guide.api.tours import handlers as tours
from guide.areas.registry import AreaRegistry
from guide.areas.served import ServedArea
from guide.http.exchange import exchange_of
from guide.http.pages import Pages
from guide.service import operators

HANDLERS: Final[tuple[ControllerRouterHandler, ...]] = (
    about.list_areas,
    about.get_legend,
    landing.get_landing,
    landing.get_conformance,
    landing.list_collections,
    landing.get_collection_info,
    landing.get_queryables,
    operators.healthz,
    operators.readyz,
    operators.metrics,
    items.list_items,
    search.search,
    changes.list_changes,
    changes.list_changes_as_rss,
    opendata.get_open_data,
    opendata.get_open_file,
    embeds.get_slope_embed,
    embeds.get_tour_embed,
    embeds.get_oembed,
    items.get_item,
    profiles.get_profile,
    photos.get_photo,
    elevation.post_elevation,
    routes.post_route,
    routes.get_route,
    tours.post_plan,
    tours.post_tour,
    tours.get_curated,
    tours.get_curated_qr,
    pictures.get_picture,
    leaflets.get_curated_leaflet,
    leaflets.get_kept_leaflet,
    tours.get_kept,
    tours.get_kept_qr,
    tours.get_short,
    loops.post_loops,
    isochrones.get_isochrones,
    osrm.get_osrm,
    tiles.list_tilesets,
    tiles.get_tileset,
    tiles.list_matrix_sets,
    tiles.get_matrix_set,
    tiles.get_tile,
    tiles.get_archive,
    styles.list_styles,
    styles.get_style,
    styles.get_sprite,
    suggestions.get_suggest,
    suggestions.post_suggest,
    suggestions.get_sent,
    page.get_page,
    page.get_asset,
    page.get_top_file,
)
"""The handlers of the API and of the page."""


def _provide_registry(state: State) -> AreaRegistry:
    """The registry of all areas."""
    registry: AreaRegistry = state.registry
    return registry


def _provide_pages(state: State) -> Pages:
    """The templates of all pages."""
    pages: Pages = state.pages
    return pages


def _provide_planner(state: State) -> Planner:
    """Where tours are planned."""
    planner: Planner = state.planner
    return planner


async def _provide_area(request: Request[Any, Any, Any], area_id: FromPath[str], registry: Registry) -> ServedArea:
    """The area of a request; only the first one to ask waits for the disc, and not on the event loop."""
    served = registry.find_open(area_id)
    if served is None:
        served = await asyncio.to_thread(registry.get, area_id)
    exchange_of(request).still_holds = partial(registry.serves, area_id, served.build_id)
    return served


DEPENDENCIES: Final = {
    "registry": Provide(_provide_registry, sync_to_thread=False),
    "area": Provide(_provide_area),
    "reader": Provide(provide_language, sync_to_thread=False),
    "planner": Provide(_provide_planner, sync_to_thread=False),
    "pages": Provide(_provide_pages, sync_to_thread=False),
    "question": Provide(provide_question, sync_to_thread=False),
}
"""What handlers are given, by the name of their parameter."""
