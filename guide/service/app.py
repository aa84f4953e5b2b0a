"""The app: every handler, what they are given, and the front before them."""

from pathlib import Path
from threading import Thread
from typing import Final

import structlog
from litestar import Litestar
from litestar.datastructures import State

import guide.api
import guide.desk
import guide.http
from guide.api.page.handlers import dist_directory
from guide.api.planner.planner import Planner
from guide.api.search.handlers import get_index
from guide.areas.registry import AreaRegistry
from guide.catalogue.accounts.mail import MailServer
from guide.desk.files.preview import Previews
from guide.desk.gate import PublishingGate
from guide.desk.keeper import Keeper
from guide.desk.opening import OpenOffice
from guide.desk.pages import DeskPages
from guide.desk.router import create_desk
from guide.http.access import AccessLog
from guide.http.bodies import only_json_bodies
from guide.http.clients import Clients
from guide.http.errors import exception_handlers
from guide.http.front import Front
from guide.http.kept import KeptReplies
from guide.http.limits import Limiter
from guide.http.logs import configure_logs
from guide.http.metrics import Metrics
from guide.http.pages import Pages
from guide.http.parameters import only_known_parameters
from guide.http.tracing import traces_to
from guide.service.builder import BuilderProcess
from guide.service.documents import DOCUMENTS
from guide.service.handlers import DEPENDENCIES, HANDLERS
from guide.service.origin import origin_of
from guide.service.run_folder import LIMITS
from guide.settings import Settings

_LARGEST_BODY: Final = 1024 * 1024
_TEMPLATES: Final = tuple(Path(room.__path__[0]) / "templates" for room in (guide.api, guide.desk, guide.http))


def create_app(settings: Settings, dist: Path | None = None) -> Litestar:
    """The service over the built areas that the settings name; ``dist`` is where the page's files lie."""
    registry = AreaRegistry(origin_of(settings), settings.areas, prepare=get_index)
    dist = dist or dist_directory()
    limiter = Limiter(settings.rate_per_s, settings.burst, settings.run_folder and settings.run_folder / LIMITS)
    metrics = Metrics()
    pages = Pages(_TEMPLATES, dist)
    offices = OpenOffice(settings, PublishingGate(registry))
    keeper = Keeper(offices, BuilderProcess(settings) if settings.builder else None)
    traces = traces_to(settings.otlp_url) if settings.otlp_url else None
    planner = Planner(settings.planners or 0)
    app = Litestar(
        route_handlers=[*HANDLERS, *DOCUMENTS, create_desk()],
        dependencies=DEPENDENCIES,
        state=State(
            {
                "registry": registry,
                "limiter": limiter,
                "metrics": metrics,
                "planner": planner,
                "pages": pages,
                "offices": offices,
                "desk_pages": DeskPages(pages),
                "previews": Previews(),
                "mail": MailServer.at(settings.smtp_url, settings.mail_from) if settings.smtp_url else None,
                "dist": dist,
                "settings": settings,
            }
        ),
        guards=[only_known_parameters, only_json_bodies],
        exception_handlers=exception_handlers(),
        on_startup=[_warm, keeper.start],
        on_shutdown=[planner.stop, keeper.stop, offices.close, *([traces.close] if traces else [])],
        openapi_config=None,  # guide.service.openapi describes the API, when it is asked for
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
        traces=traces,
    )
    return app


def create_from_environment() -> Litestar:
    """The app for a worker process, whose settings come through the environment."""
    configure_logs()
    return create_app(Settings.from_environment())


def _warm(app: Litestar) -> None:
    """Open the area that is shown first while the first visitor's page still loads."""
    registry: AreaRegistry = app.state.registry

    def open_first() -> None:
        try:
            for known in registry.list_known()[:1]:
                served = registry.get(known.id)
                registry.warm(served)
                app.state.planner.warm(served.built.directory)
        except Exception as error:  # noqa: BLE001 (the visitor's own request will say what is wrong)
            structlog.get_logger().error("the first area could not be made ready", error=str(error))

    Thread(target=open_first, daemon=True, name="warm").start()
