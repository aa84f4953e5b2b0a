"""Where things lie in a depot.

    current/<area>                  the id of the build that is to be served
    manifests/<area>/<build>.json   what a build holds, each file by its hash
    files/<hash>                    the files, each once however many builds hold it
    changes/<area>.json             what has changed from build to build
    keys/<area>                     what the current build was made from, so that it need not be made again
    catalogue/<area>.json           the catalogue that the desk published last, for the next build of the whole area
    progress/<area>.json            how the build of it goes

A file is never changed once it is there, but for those named by an area alone. A build is there when
its manifest is, which is written last; it is served when ``current`` says so.
"""

from typing import Final

CURRENT: Final = "current"
MANIFESTS: Final = "manifests"
FILES: Final = "files"


def current_path(area: str) -> str:
    """The file that names the build to serve."""
    return f"{CURRENT}/{area}"


def manifest_path(area: str, build: str) -> str:
    """A build's manifest."""
    return f"{MANIFESTS}/{area}/{build}.json"


def file_path(sha256: str) -> str:
    """A file by its hash."""
    return f"{FILES}/{sha256}"


def changes_path(area: str) -> str:
    """The area's news."""
    return f"changes/{area}.json"


def catalogue_path(area: str) -> str:
    """The catalogue that the desk published last."""
    return f"catalogue/{area}.json"


def progress_path(area: str) -> str:
    """How the build of it goes."""
    return f"progress/{area}.json"


def key_path(area: str) -> str:
    """What the current build was made from."""
    return f"keys/{area}"
