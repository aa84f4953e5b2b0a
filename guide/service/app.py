"""The app: every handler, what they are given, and the front before them."""

import asyncio
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, Final

import structlog
from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Contact, License
from litestar.params import FromPath

import guide.api
import guide.desk
import guide.http
from guide.api.areas import about
from guide.api.areas.inputs import Registry, provide_language
from guide.api.features import items, landing
from guide.api.features.asked import provide_question
from guide.api.osrm import handlers as osrm
from guide.api.page import handlers as page
from guide.api.profiles import elevation
from guide.api.profiles import handlers as profiles
from guide.api.routes import handlers as routes
from guide.api.tiles import handlers as tiles
from guide.areas.registry import AreaRegistry
from guide.areas.served import ServedArea
from guide.catalogue.accounts.mail import MailServer
from guide.desk.opening import OpenOffice
from guide.desk.pages import DeskPages
from guide.desk.router import create_desk
from guide.http.access import AccessLog
from guide.http.clients import Clients
from guide.http.errors import exception_handlers
from guide.http.exchange import exchange_of
from guide.http.front import Front
from guide.http.kept import KeptReplies
from guide.http.limits import Limiter
from guide.http.logs import configure_logs
from guide.http.metrics import Metrics
from guide.http.pages import Pages
from guide.http.parameters import only_known_parameters
from guide.service import operators
from guide.service.run_folder import LIMITS
from guide.settings import Settings
from guide.version import __version__

_LARGEST_BODY: Final = 1024 * 1024
_TEMPLATES: Final = tuple(Path(room.__path__[0]) / "templates" for room in (guide.api, guide.desk, guide.http))


def create_app(settings: Settings, dist: Path | None = None) -> Litestar:
    """The service over the built areas that the settings name; ``dist`` is where the page's files lie."""
    registry = AreaRegistry(settings.build_root, settings.areas)
    dist = dist or page.dist_directory()
    limiter = Limiter(settings.rate_per_s, settings.burst, settings.run_folder and settings.run_folder / LIMITS)
    metrics = Metrics()
    pages = Pages(_TEMPLATES, dist)
    offices = OpenOffice(settings)
    app = Litestar(
        route_handlers=[
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
            items.get_item,
            profiles.get_profile,
            elevation.post_elevation,
            routes.post_route,
            routes.get_route,
            osrm.get_osrm,
            tiles.get_tilejson,
            tiles.get_tile,
            tiles.get_archive,
            create_desk(),
            page.get_page,
            page.get_asset,
            page.get_top_file,
        ],
        dependencies={
            "registry": Provide(_provide_registry, sync_to_thread=False),
            "area": Provide(_provide_area),
            "language": Provide(provide_language, sync_to_thread=False),
            "pages": Provide(_provide_pages, sync_to_thread=False),
            "question": Provide(provide_question, sync_to_thread=False),
        },
        state=State(
            {
                "registry": registry,
                "limiter": limiter,
                "metrics": metrics,
                "pages": pages,
                "offices": offices,
                "desk_pages": DeskPages(pages),
                "mail": MailServer.at(settings.smtp_url, settings.mail_from) if settings.smtp_url else None,
                "dist": dist,
            }
        ),
        guards=[only_known_parameters],
        exception_handlers=exception_handlers(),
        on_startup=[_warm],
        on_shutdown=[offices.close],
        openapi_config=_openapi(settings),
        request_max_body_size=_LARGEST_BODY,
        logging_config=None,  # structlog speaks for the service
        debug=False,
    )
    app.asgi_handler = Front(
        app.asgi_handler,
        clients=Clients(settings.proxies, settings.public_url),
        limiter=limiter,
        kept=KeptReplies(settings.kept_mb * 1024 * 1024),
        metrics=metrics,
        log=AccessLog() if settings.access_log else None,
    )
    return app


def create_from_environment() -> Litestar:
    """The app for a worker process, whose settings come through the environment."""
    configure_logs()
    return create_app(Settings.from_environment())


def _provide_registry(state: State) -> AreaRegistry:
    """The registry of all areas."""
    registry: AreaRegistry = state.registry
    return registry


def _provide_pages(state: State) -> Pages:
    """The templates of all pages."""
    pages: Pages = state.pages
    return pages


async def _provide_area(request: Request[Any, Any, Any], area_id: FromPath[str], registry: Registry) -> ServedArea:
    """The area of a request; only the first one to ask waits for the disc, and not on the event loop."""
    served = registry.find_open(area_id)
    if served is None:
        served = await asyncio.to_thread(registry.get, area_id)
    exchange_of(request).still_holds = partial(registry.serves, area_id, served.build_id)
    return served


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
