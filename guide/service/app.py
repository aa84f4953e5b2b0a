"""The app: every handler, what they share, and the headers that all replies carry."""

import asyncio
from pathlib import Path
from threading import Thread
from typing import Final

import structlog
from litestar import Litestar
from litestar.config.cors import CORSConfig
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Contact, License
from litestar.params import FromPath
from litestar.types import Message, Scope

from guide.api.areas import about
from guide.api.areas.inputs import Registry
from guide.api.areas.registry import AreaRegistry
from guide.api.areas.served import ServedArea
from guide.api.features import collections
from guide.api.osrm import handlers as osrm
from guide.api.page import handlers as page
from guide.api.profiles import elevation
from guide.api.profiles import handlers as profiles
from guide.api.routes import handlers as routes
from guide.api.tiles import handlers as tiles
from guide.http.errors import exception_handlers
from guide.http.logs import configure_logs
from guide.settings import Settings
from guide.version import __version__

_LARGEST_BODY: Final = 1024 * 1024

_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Data is no page: whoever opens it in a window gets nothing run. The page sets its own policy.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
}


def create_app(settings: Settings, dist: Path | None = None) -> Litestar:
    """The service over the built areas that the settings name; ``dist`` is where the page's files lie."""
    registry = AreaRegistry(settings.build_root, settings.areas)
    return Litestar(
        route_handlers=[
            about.list_areas,
            about.get_legend,
            about.get_area,
            about.healthz,
            about.readyz,
            collections.list_items,
            collections.get_item,
            profiles.get_profile,
            elevation.post_elevation,
            routes.post_route,
            routes.get_route,
            osrm.get_osrm,
            tiles.get_tilejson,
            tiles.get_tile,
            tiles.get_archive,
            page.get_page,
            page.get_asset,
            page.get_top_file,
        ],
        dependencies={
            "registry": Provide(_provide_registry, sync_to_thread=False),
            "area": Provide(_provide_area),
        },
        state=State({"registry": registry, "dist": dist or page.dist_directory()}),
        exception_handlers=exception_handlers(),
        before_send=[_set_headers],
        on_startup=[_warm],
        cors_config=CORSConfig(
            allow_origins=["*"],
            allow_methods=["GET", "POST", "OPTIONS"],
            allow_headers=["Content-Type", "Accept", "Accept-Language", "If-None-Match", "Range", "If-Range"],
            expose_headers=["ETag", "Content-Range", "Accept-Ranges"],
        ),
        openapi_config=_openapi(settings),
        request_max_body_size=_LARGEST_BODY,
        debug=False,
    )


def create_from_environment() -> Litestar:
    """The app for a worker process, whose settings come through the environment."""
    configure_logs()
    return create_app(Settings.from_environment())


def _provide_registry(state: State) -> AreaRegistry:
    """The registry of all areas."""
    registry: AreaRegistry = state.registry
    return registry


async def _provide_area(area_id: FromPath[str], registry: Registry) -> ServedArea:
    """The area of a request; only the first one to ask waits for the disc, and not on the event loop."""
    served = registry.find_open(area_id)
    return served if served is not None else await asyncio.to_thread(registry.get, area_id)


async def _set_headers(message: Message, _scope: Scope) -> None:
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)


def _warm(app: Litestar) -> None:
    """Open the area that is shown first while the first visitor's page still loads."""
    registry: AreaRegistry = app.state.registry

    def open_first() -> None:
        try:
            for served in registry.list_open()[:1]:
                served.warm()
        except Exception as error:  # noqa: BLE001 (the visitor's own request will say what is wrong)
            structlog.get_logger().error("the first area could not be made ready", error=str(error))

    Thread(target=open_first, daemon=True, name="warm").start()


def _openapi(settings: Settings) -> OpenAPIConfig:
    return OpenAPIConfig(
        title="hyakusaka",
        version=__version__,
        description="Slopes of a town, measured, and walks that link them. Lengths in metres, grades in percent, "
        "positions as longitude, latitude (WGS 84). Errors are application/problem+json (RFC 9457).",
        license=License(name="MIT", identifier="MIT"),
        contact=Contact(email=settings.contact) if settings.contact else None,
        # The description alone: the framework's own documentation pages load scripts from elsewhere.
        path="/api/openapi.json",
        render_plugins=[JsonRenderPlugin(path="/")],
    )
