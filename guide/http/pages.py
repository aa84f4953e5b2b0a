"""Pages: Jinja templates, everything escaped, every word from the texts in the reader's language."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response

from guide.http.replies import A_MINUTE, bytes_reply
from guide.http.scripts import find_script
from guide.http.texts import Language, text

HTML: Final = "text/html"

# MapLibre starts its worker from a blob: address, and reads sprites and images through blob: and data:.
_POLICY: Final = (
    "default-src 'self'; script-src 'self'; worker-src 'self' blob:; child-src blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; connect-src 'self' blob: data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
PAGE_POLICY: Final = _POLICY.format(ancestors="'self'")
EMBED_POLICY: Final = _POLICY.format(ancestors="*")
"""For what other sites put into a frame."""


class Pages:
    """Renders templates from several folders; a name is looked for in each, the first one wins.

    ``dist`` is where the built scripts lie.
    """

    def __init__(self, folders: Sequence[Path], dist: Path) -> None:
        self._dist = dist
        self._environment = Environment(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, template: str, language: Language, **values: Any) -> bytes:  # noqa: ANN401 (whatever a template needs)
        """A page. In the template ``t("key", …)`` is a text in ``language``, ``find_script`` a script of guide/web."""

        def say(key: str, **placeholders: object) -> str:
            return text(key, language, **placeholders)

        found = self._environment.get_template(template)
        scripts = partial(find_script, self._dist)
        return found.render(t=say, language=language.value, find_script=scripts, **values).encode()


def html_reply(body: bytes, *, max_age_s: int = A_MINUTE, policy: str = PAGE_POLICY) -> Response[bytes]:
    """A page as a reply."""
    return bytes_reply(body, media_type=HTML, max_age_s=max_age_s, headers={"Content-Security-Policy": policy})
