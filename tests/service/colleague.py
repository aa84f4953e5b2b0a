"""Somebody at the desk of a real service, over HTTP: signs in as people do, sends forms as browsers do."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import httpx

from guide.catalogue.office import open_office
from guide.catalogue.workflow.people import COMMAND_LINE, Role
from tests.catalogue.offices import PASSWORD
from tests.service.serving import PATIENCE_S

_MARK = re.compile(r'name="mark" value="([^"]+)"')


def add_account(data: Path, name: str, role: Role, url: str | None = None) -> None:
    """An account with the tests' password, made on the server as its administrator would."""
    office = open_office(url, data)
    _, link = office.accounts.add(COMMAND_LINE, name, role)
    office.accounts.choose_password(link, PASSWORD)
    office.close()


class Colleague:
    """A browser of somebody with an account."""

    def __init__(self, address: str, name: str, area: str) -> None:
        self.area = area
        self.client = httpx.Client(base_url=address, timeout=PATIENCE_S, headers={"origin": address})
        self.client.headers["accept-language"] = "en"
        try:
            self.mark = self._sign_in(name)
        except BaseException:
            self.client.close()
            raise

    def get(self, path: str) -> httpx.Response:
        """A page; ``path`` without a slash in front is one of the area's."""
        return self.client.get(self._path(path))

    def post(self, path: str, fields: Mapping[str, Any], **options: Any) -> httpx.Response:  # noqa: ANN401 (httpx's own)
        """A form sent."""
        return self.client.post(self._path(path), data={"mark": self.mark, **fields}, **options)

    def version(self, path: str) -> str:
        """The version of an entry."""
        reply = self.get(path)
        assert reply.status_code == 200, reply.text
        found = re.search(r'name="version" value="(\d+)"', reply.text)
        assert found
        return found[1]

    def save(self, path: str, **cells: str) -> httpx.Response:
        """An entry's form with some fields typed over."""
        page = self.get(path)
        fields = {**form_fields(page.text), **cells}
        return self.post(path, fields)

    def publish(self, path: str) -> httpx.Response:
        """An entry's latest revision shown to visitors."""
        return self.post(f"{path}/publish", {"act": "publish", "version": self.version(path)})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def _sign_in(self, name: str) -> str:
        """Begin a session; gives the mark of its forms."""
        reply = self.client.post("/desk/sign-in", data={"name": name, "password": PASSWORD})
        assert reply.status_code == 303, reply.text
        found = _MARK.search(self.get("/desk/account").text)
        assert found
        return found[1]

    def _path(self, path: str) -> str:
        return path if path.startswith("/") else f"/desk/{self.area}/{path}"


def form_fields(page: str) -> dict[str, Any]:
    """What a browser would send of the form of an entry."""
    form = re.search(r'<form id="entry".*?</form>', page, re.DOTALL)
    assert form
    fields: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind, name = attributes.get("type", "text"), attributes.get("name")
        if name is None or kind in {"file", "submit"} or (kind in {"checkbox", "radio"} and " checked" not in tag):
            continue
        fields.setdefault(name, []).append(_plain(attributes.get("value", "")))
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form[0], re.DOTALL):
        fields[name] = _plain(text)
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', form[0], re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def _plain(text: str) -> str:
    for entity, sign in (("&#34;", '"'), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text
