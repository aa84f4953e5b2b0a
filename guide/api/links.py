"""The links that lead from one reply to the next (RFC 8288)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from litestar import Request

from guide.api.schemas.links import Link
from guide.areas.served import ServedArea
from guide.domain.photo import find_photo
from guide.http.exchange import exchange_of
from guide.http.replies import GEOJSON, JSON
from guide.http.texts import Language

OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.1"
HTML: Final = "text/html"
CSV: Final = "text/csv"

_TYPES: Final = {"json": JSON, "geojson": GEOJSON, "html": HTML, "csv": CSV}


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Makes links within an area, as seen by a client that reached us at ``base_url`` and asks for ``path``."""

    base_url: str
    area_id: str
    language: Language
    path: str
    query: Mapping[str, str]

    @property
    def root(self) -> str:
        """The address of the area."""
        return f"{self.base_url}/api/{quote(self.area_id, safe='')}"

    def collection(self, name: str) -> str:
        """The address of a collection."""
        return f"{self.root}/collections/{name}"

    def item(self, collection: str, item_id: str) -> str:
        """The address of a feature."""
        return f"{self.collection(collection)}/items/{quote(item_id, safe='')}"

    def profile(self, slope_id: str) -> str:
        """The address of a slope's profile."""
        return f"{self.root}/slopes/{quote(slope_id, safe='')}/profile"

    def suggest(self, slope_id: str) -> str:
        """The address of the form to suggest something for a slope."""
        part = quote(self.area_id, safe="")
        return f"{self.base_url}/suggest/{part}/{quote(slope_id, safe='')}?lang={self.language.value}"

    def embed(self, collection: str, item_id: str) -> str:
        """The address of a feature's card for a frame."""
        return f"{self.root}/embed/{collection}/{quote(item_id, safe='')}"

    def photo(self, address: str | None) -> str | None:
        """The whole address of a photo on our own server; None for those of others, which nobody here shows."""
        return f"{self.base_url}{address}" if find_photo(self.area_id, address) else None

    def to(self, href: str, rel: str, type_: str = JSON, title: str | None = None) -> Link:
        """A link to an address."""
        hreflang = self.language.value if type_ in {HTML, JSON} else None
        return Link(href=href, rel=rel, type=type_, title=title, hreflang=hreflang)

    def template(self, href: str, rel: str, type_: str) -> Link:
        """A link whose address has placeholders (RFC 6570)."""
        return Link(href=href, rel=rel, type=type_, templated=True)

    def itself(self, given: str, formats: tuple[str, ...]) -> list[Link]:
        """The link to what is asked for, as it is given, and the ones to its other formats."""
        links = []
        for each in formats:
            asked = {**self.query, "f": "json" if each == "geojson" else each}
            rel = "self" if each == given else "alternate"
            links.append(self.to(with_query(f"{self.base_url}{self.path}", asked), rel, _TYPES[each]))
        return sorted(links, key=lambda link: link.rel != "self")

    def in_language(self, language: Language) -> str:
        """The address of what is asked for, in a language."""
        return with_query(f"{self.base_url}{self.path}", {**self.query, "lang": language.value})

    def page(self, href: str) -> str:
        """The address of another page, in the language that the reader has chosen by hand."""
        return with_query(href, {"lang": self.query["lang"]}) if "lang" in self.query else href


def with_query(href: str, query: Mapping[str, str]) -> str:
    """An address with parameters."""
    return f"{href}?{urlencode(query, safe=',:/')}" if query else href


def links_of(request: Request[Any, Any, Any], area: ServedArea, language: Language) -> Links:
    """The maker of links for a request."""
    return Links(
        base_url=exchange_of(request).base_url,
        area_id=area.id,
        language=language,
        path=quote(request.scope["path"]),
        query=dict(request.query_params.items()),
    )
