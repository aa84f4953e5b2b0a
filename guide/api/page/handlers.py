"""The page: the built files of guide/web/dist, and nothing outside of them."""

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, get
from litestar.datastructures import State
from litestar.params import FromPath

from guide.domain.errors import NotFoundError
from guide.http.replies import accepts_gzip, matches
from guide.http.texts import Language, text

_SMALLEST_GZIPPED: Final = 1024
_ZIPPED: Final = ("text/", "application/json", "application/javascript", "image/svg+xml")

# MapLibre starts its worker from a blob: address, and reads sprites and images through blob: and data:.
PAGE_POLICY: Final = (
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; child-src blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' blob: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)


def dist_directory() -> Path:
    """Where the page's built files lie: within the package, so that an installed wheel has them."""
    return Path(__file__).parent.parent.parent / "web" / "dist"


@get("/", include_in_schema=False, sync_to_thread=True)
def get_page(request: Request[Any, Any, Any], state: State) -> Response[bytes]:
    """The page itself; it is asked for again each time, so that a new version shows at once."""
    dist: Path = state.dist
    if not (dist / "index.html").is_file():
        words = "\n".join(text("page.missing", language) for language in Language)
        return Response(words.encode(), status_code=503, media_type="text/plain; charset=utf-8")
    return _file(request, dist, "index.html")


@get("/{name:str}", include_in_schema=False, sync_to_thread=True)
def get_top_file(request: Request[Any, Any, Any], state: State, name: FromPath[str]) -> Response[bytes]:
    """A file beside the page, such as its icon."""
    return _file(request, state.dist, name)


@get("/assets/{path:path}", include_in_schema=False, sync_to_thread=True)
def get_asset(request: Request[Any, Any, Any], state: State, path: FromPath[Path]) -> Response[bytes]:
    """A file whose name carries its hash: kept for ever by whoever has it."""
    return _file(request, state.dist, f"assets/{str(path).lstrip('/')}", forever=True)


def _file(request: Request[Any, Any, Any], dist: Path, name: str, *, forever: bool = False) -> Response[bytes]:
    root = dist.resolve()
    try:
        path = (root / name).resolve()
        modified = path.stat().st_mtime_ns
        inside = path.is_relative_to(root) and path.is_file()
    except (OSError, ValueError):  # no such file, a name too long, a zero byte
        inside, path, modified = False, root, 0
    if not inside:
        raise NotFoundError("The page has no such file. Open / for the map, /api for the data.")
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    zipped = accepts_gzip(request) and media_type.startswith(_ZIPPED)
    body, is_zipped = _read(path, modified, zipped=zipped)
    headers = {
        "ETag": f'"{modified:x}-{len(body):x}"',
        "Cache-Control": "public, max-age=31536000, immutable" if forever else "no-cache",
        "Content-Security-Policy": PAGE_POLICY,
        "Vary": "Accept-Encoding",
    }
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(b"", status_code=304, media_type=media_type, headers=headers)
    if is_zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=media_type, headers=headers)


@lru_cache(maxsize=64)
def _read(path: Path, modified: int, *, zipped: bool) -> tuple[bytes, bool]:  # noqa: ARG001 (a new file is a new key)
    """A file's bytes, compressed once if wanted and worth it."""
    body = path.read_bytes()
    if not zipped or len(body) < _SMALLEST_GZIPPED:
        return body, False
    return gzip.compress(body, mtime=0), True
