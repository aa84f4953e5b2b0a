"""The page: the built files of guide/web/dist, and nothing outside of them."""

import mimetypes
from functools import partial
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath

from guide.domain.errors import NotFoundError
from guide.http.exchange import exchange_of
from guide.http.parameters import FREE
from guide.http.replies import A_YEAR, bytes_reply
from guide.http.texts import Language, text

# Nothing inline, nothing from elsewhere. Pictures as data: are those in MapLibre's own style sheet, as blob: those that
# the page draws itself.
PAGE_POLICY: Final = (
    "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


def dist_directory() -> Path:
    """Where the page's built files lie: within the package, so that an installed wheel has them."""
    return Path(__file__).parent.parent.parent / "web" / "dist"


@get("/", include_in_schema=False, sync_to_thread=True, opt={FREE: True})
def get_page(request: Request[Any, Any, Any], state: State) -> Response[bytes]:
    """The page itself; it is asked for again each time, so that a new version shows at once."""
    dist: Path = state.dist
    if not (dist / "index.html").is_file():
        words = "\n".join(text("page.missing", language) for language in Language)
        return Response(words.encode(), status_code=503, media_type="text/plain; charset=utf-8")
    return _file(request, dist, "index.html")


@get("/{name:str}", include_in_schema=False, sync_to_thread=True, opt={FREE: True})
def get_top_file(request: Request[Any, Any, Any], state: State, name: FromPath[str]) -> Response[bytes]:
    """A file beside the page, such as its icon."""
    return _file(request, state.dist, name)


@get("/assets/{path:path}", include_in_schema=False, sync_to_thread=True, opt={FREE: True})
def get_asset(request: Request[Any, Any, Any], state: State, path: FromPath[Path]) -> Response[bytes]:
    """A file whose name carries its hash: kept for ever by whoever has it."""
    return _file(request, state.dist, f"assets/{str(path).lstrip('/')}", forever=True)


def _file(request: Request[Any, Any, Any], dist: Path, name: str, *, forever: bool = False) -> Response[bytes]:
    root = dist.resolve()
    try:
        path = (root / name).resolve()
        modified_ns = _modified_ns(path)
        inside = path.is_relative_to(root) and path.is_file()
    except (OSError, ValueError):  # no such file, a name too long, a zero byte
        inside, path, modified_ns = False, root, 0
    if not inside:
        raise NotFoundError("The page has no such file. Open / for the map, /api for the data.")
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    exchange_of(request).still_holds = partial(_unchanged, path, modified_ns)
    return bytes_reply(
        path.read_bytes(),
        media_type=media_type,
        max_age_s=A_YEAR if forever else 0,
        headers={"Content-Security-Policy": PAGE_POLICY},
    )


def _modified_ns(path: Path) -> int:
    return path.stat().st_mtime_ns


def _unchanged(path: Path, modified_ns: int) -> bool:
    try:
        return _modified_ns(path) == modified_ns
    except OSError:
        return False
