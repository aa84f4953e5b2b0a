"""Whether the process is well, for those who run it."""

import structlog
from litestar import Response, get
from litestar.datastructures import State

from guide.api.areas.inputs import Registry
from guide.api.schemas.operators import Alive, Ready
from guide.areas.registry import AreaRegistry
from guide.domain.errors import GuideError, NotBuiltError
from guide.http.described import gives
from guide.http.metrics import CONTENT_TYPE, Metrics
from guide.http.replies import JSON, encoded_reply, private_reply


@get(
    "/healthz",
    summary="Whether the process lives / 生存確認",
    sync_to_thread=False,
    opt=gives({JSON: Alive}, kept=False),
)
def healthz() -> Response[bytes]:
    """Always ok while the process answers."""
    return private_reply({"status": "ok"})


@get(
    "/readyz",
    summary="Whether there is something to serve / 準備確認",
    sync_to_thread=True,
    opt=gives({JSON: Ready}, errors=(503,), kept=False),
)
def readyz(registry: Registry) -> Response[bytes]:
    """Ok once at least one area opens."""
    areas = [known.id for known in registry.list_known()]
    if not any(_opens(registry, area) for area in areas):
        raise NotBuiltError("No area has been built. Run: make build AREA=sample.")
    return private_reply({"status": "ready", "areas": areas})


@get(
    "/metrics",
    summary="Numbers for Prometheus / 計測値",
    sync_to_thread=True,
    opt=gives({"text/plain": None}, kept=False),
)
def metrics(state: State) -> Response[bytes]:
    """Requests by route and status, how long they took, and what the process uses."""
    numbers: Metrics = state.metrics
    return encoded_reply(numbers.text(), media_type=CONTENT_TYPE)


def _opens(registry: AreaRegistry, area: str) -> bool:
    try:
        registry.get(area)
    except GuideError as error:
        structlog.get_logger().error("area not served", area=area, error=error.message)
        return False
    return True
