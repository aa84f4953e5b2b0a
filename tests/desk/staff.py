"""A browser of somebody at the desk, as far as HTTP goes: cookies, where forms come from, and their mark."""

from collections.abc import Mapping
from typing import Any

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from guide.catalogue.accounts.secrets import derived
from guide.catalogue.office import Office
from guide.catalogue.workflow.people import COMMAND_LINE, Role
from guide.desk.access import MARK_FIELD
from tests.catalogue.offices import PASSWORD

BASE = "http://testserver.local"


class Staff:
    """Somebody at the desk; ``role`` None is a stranger."""

    def __init__(self, app: Litestar, office: Office, role: Role | None, name: str | None = None) -> None:
        self.name = name or (role.value.title() if role else "nobody")
        self.client = TestClient(app, base_url=BASE)
        self.client.headers["origin"] = BASE
        self.client.headers["accept-language"] = "en"
        self.mark = ""
        if role is not None:
            _, link = office.accounts.add(COMMAND_LINE, self.name, role)
            office.accounts.choose_password(link, PASSWORD)
            self.take(office.sessions.sign_in(self.name, PASSWORD, "127.0.0.1", "test"))

    def take(self, secret: str) -> None:
        """Use a session."""
        self.client.cookies.set("desk", secret, domain="testserver.local", path="/desk")
        self.mark = derived(secret, MARK_FIELD)

    def get(self, path: str, **options: Any) -> Response:  # noqa: ANN401 (httpx's own)
        return self.client.get(path, follow_redirects=False, **options)

    def post(self, path: str, fields: Mapping[str, Any] | None = None, **options: Any) -> Response:  # noqa: ANN401 (as above)
        if "/measure/" in path:  # what the map's script asks is JSON
            headers = {"x-desk-mark": str((fields or {}).get("mark", self.mark)), **options.pop("headers", {})}
            return self.client.post(path, json={"cells": {}}, headers=headers, follow_redirects=False, **options)
        data = {"mark": self.mark, **(fields or {})}
        return self.client.post(path, data=data, follow_redirects=False, **options)
