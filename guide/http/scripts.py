"""The built scripts of guide/web: their names carry a hash, which a list of the build gives."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

LIST: Final = "scripts.json"


class _Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the list, as Vite writes it."""

    file: str
    css: list[str] = []
    imports: list[str] = []


class Script(msgspec.Struct, frozen=True, kw_only=True):
    """A script and its styles, as addresses on this server."""

    src: str
    styles: list[str]


def find_script(dist: Path, source: str) -> Script | None:
    """The built form of a source file such as ``src/embed/main.ts``; None where nothing has been built."""
    try:
        modified_ns = (dist / LIST).stat().st_mtime_ns
    except OSError:
        return None
    return _scripts(dist / LIST, modified_ns).get(source)


@lru_cache(maxsize=4)
def _scripts(path: Path, modified_ns: int) -> dict[str, Script]:  # noqa: ARG001 (a new list is a new key)
    chunks = msgspec.json.decode(path.read_bytes(), type=dict[str, _Chunk])
    return {
        source: Script(src=f"/{chunk.file}", styles=[f"/{style}" for style in _styles(chunks, source)])
        for source, chunk in chunks.items()
    }


def _styles(chunks: dict[str, _Chunk], source: str) -> list[str]:
    """The styles of a chunk and of all that it imports, each once, those of the imports in front."""
    chunk = chunks[source]
    styles = [style for imported in chunk.imports for style in _styles(chunks, imported)]
    return list(dict.fromkeys([*styles, *chunk.css]))
