"""What people try: every trick against every address of the running app, the addresses read off the app itself."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import quote

import openpyxl
import pytest
from httpx import Response
from litestar import Litestar
from litestar.routes import HTTPRoute
from sqlalchemy import inspect

from guide.catalogue.accounts.attempts import FREE_ATTEMPTS
from guide.catalogue.office import Office
from guide.catalogue.suggestions.words import About, Suggested
from guide.catalogue.workflow.people import Role
from guide.domain.closure import CatalogueClosure, ClosureKind
from guide.domain.landmark import Landmark, LandmarkKind
from guide.domain.tour import CatalogueTour, TourStop
from tests.catalogue.offices import ADMIN, EDITOR, PASSWORD, TOWN, Clock, slope
from tests.desk.conftest import SomeStaff
from tests.desk.staff import Staff
from tests.desk.test_access import PARTS, TABLE

HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>"
SQL = (
    "' OR '1'='1",
    "'; DROP TABLE entries; --",
    '" OR 1=1 --',
    "%",
    "_",
    "\\",
    "a' UNION SELECT password FROM accounts --",
)
CLIMBING = (
    "..", "../..", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cwindows", "....//....//etc/passwd",
    "%252e%252e%252fetc%252fpasswd", "/etc/passwd", "town%00.jpg", "desk.sqlite", ".lock",
)  # fmt: skip
FORMULAS = ('=HYPERLINK("https://evil.example","坂")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "\t=1")

Pages = dict[str, str]


class Dangers(HTMLParser):
    """What of a page a browser would run: handlers, scripts of its own, addresses that are scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found += [f"{tag} {name}" for name in named if name.startswith("on")]
        self.found += [f"{tag} {text}" for text in named.values() if text and text.strip().startswith("javascript:")]
        if tag == "script" and not (named.get("src") or "").startswith("/assets/"):
            self.found.append("script")
        if tag == "img" and named.get("src") == "x":
            self.found.append("img")

    @classmethod
    def of(cls, page: str) -> list[str]:
        reader = cls()
        reader.feed(page)
        return reader.found


def routes(app: Litestar) -> list[tuple[str, str]]:
    """Method and address of every handler of the whole service."""
    return [
        (method, route.path_format)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method in route.route_handler_map
        if method != "OPTIONS"
    ]


def filled(path: str, **parts: str) -> str:
    for name, value in {**PARTS, **parts}.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def desk_pages(someone: Staff, **parts: str) -> Pages:
    """Every page that GET gives at the desk."""
    found = {}
    for address in TABLE:
        method, path = address.split(" ")
        if method == "GET" and "sign-in" not in path:
            reply = someone.get(filled(path, **parts))
            assert reply.status_code < 500, address
            if reply.headers.get("content-type", "").startswith("text/html"):
                found[address] = reply.text
    return found


# Who may change anything


def test_only_these_addresses_outside_the_desk_take_anything_in(app: Litestar) -> None:
    changing = {(method, path) for method, path in routes(app) if method != "GET" and not path.startswith("/desk")}
    assert changing == {
        ("POST", "/api/{area_id}/elevation"),
        ("POST", "/api/{area_id}/routes"),
        ("POST", "/api/{area_id}/tours/plan"),
        ("POST", "/api/{area_id}/tours"),
        ("POST", "/api/{area_id}/loops"),
        ("POST", "/suggest/{area_id}/{slope_id}"),
    }, "all but the last only reckon; whoever adds one says here what it changes, and tests who may"


def test_every_form_of_the_desk_must_come_from_the_desk(app: Litestar, staff: SomeStaff, office: Office) -> None:
    admin = staff(Role.ADMIN)
    before = len(office.log.lines(limit=1_000))
    posts = [path for method, path in routes(app) if method == "POST" and path.startswith("/desk")]
    assert len(posts) > 20
    tricks: list[tuple[dict[str, str], dict[str, str]]] = [
        ({"mark": admin.mark}, {"origin": "https://evil.example"}),
        ({"mark": admin.mark}, {"origin": "null"}),
        ({"mark": "0" * 64}, {}),
        ({"mark": ""}, {}),
    ]
    for path in posts:
        for fields, headers in tricks:
            reply = admin.post(filled(path), fields, headers=headers)
            assert reply.status_code == 403, f"{path} {headers} {fields}"
    assert len(office.log.lines(limit=1_000)) == before
    assert office.sessions.find(admin.client.cookies["desk"]) is not None


# Scripts in what people write


def test_no_page_of_the_desk_runs_what_stands_in_an_entry(staff: SomeStaff, office: Office) -> None:
    """Past every check at the border, as an older program might have let it: the pages alone must hold."""
    texts = {
        "description_ja": HOSTILE,
        "description_en": HOSTILE,
        "credit": HOSTILE,
        "licence": HOSTILE,
        "note": HOSTILE,
    }
    names = {"name": HOSTILE, "reading": HOSTILE, "name_en": HOSTILE}
    bad_slope = slope(
        "bad", photo=HOSTILE, photo_credit=HOSTILE, other_names=(HOSTILE,), sources=(HOSTILE,), **names, **texts
    )
    office.drafts.create(EDITOR, TOWN, bad_slope)
    office.drafts.save(EDITOR, TOWN, replace(bad_slope, name=f"{HOSTILE}2", lng_lat=(141.0006, 42.2998)), 1)
    office.review.comment(EDITOR, TOWN, "bad", f"kept {HOSTILE}")
    mark = Landmark(
        id="bad-mark", kind=LandmarkKind.SIGHT, lng_lat=(141.0, 42.3), opening_hours=HOSTILE, **names, **texts
    )  # type: ignore[arg-type]
    office.drafts.create(EDITOR, TOWN, mark)
    stops = (TourStop(id="bad"), TourStop(id=HOSTILE))
    office.drafts.create(EDITOR, TOWN, CatalogueTour(id="bad-tour", stops=stops, **names, **texts))  # type: ignore[arg-type]
    shut = CatalogueClosure(id="bad-shut", kind=ClosureKind.CLOSED, slope_id=HOSTILE, description_ja=HOSTILE)
    office.drafts.create(EDITOR, TOWN, shut)
    hint = Suggested(key="bad", name=HOSTILE, about=About.OTHER, text=f"kept {HOSTILE}", thanks="x", language="ja")
    office.suggestions.take(TOWN, hint, "1.2.3.4")
    office.accounts.add(ADMIN, "Kato", Role.EDITOR, email=None)
    someone = staff(Role.ADMIN)
    seen = 0
    for kind, key in (("slopes", "bad"), ("landmarks", "bad-mark"), ("tours", "bad-tour"), ("closures", "bad-shut")):
        for address, page in desk_pages(someone, kind=kind, key=key).items():
            assert Dangers.of(page) == [], f"{address} {kind}"
            seen += HOSTILE[:3] in unescape(page)
    assert seen > 20, "the trial itself must be on the pages"


@pytest.mark.parametrize("field", ["name", "description_ja", "note", "photo_credit", "other_names"])
def test_marks_that_are_typed_are_taken_out_before_they_are_kept(staff: SomeStaff, office: Office, field: str) -> None:
    someone = staff()
    fields = {"id": "typed", "name": "坂", "reading": "さか", field: f"a<b>ok</b>{HOSTILE}c"}
    assert someone.post(f"/desk/{TOWN}/slopes", fields).status_code == 303
    entry = office.drafts.find(TOWN, "typed")[1].entry
    kept = str(getattr(entry, field))
    assert "<" not in kept
    assert "ok" in kept


def test_the_desk_runs_no_script_that_stands_in_a_page(staff: SomeStaff) -> None:
    for address, page in desk_pages(staff(Role.ADMIN)).items():
        assert Dangers.of(page) == [], address


# The database


@pytest.mark.parametrize("words", SQL)
def test_words_are_only_words_to_the_database(staff: SomeStaff, office: Office, words: str) -> None:
    someone = staff(Role.ADMIN)
    tables = set(inspect(office.database.engine).get_table_names())
    part = {"hx-request": "true"}
    listed = someone.get(f"/desk/{TOWN}/slopes?q={quote(words)}", headers=part)
    assert listed.status_code == 200
    assert "town-01" not in listed.text, "what fits everything has escaped"
    assert someone.get(f"/desk/{TOWN}/find?q={quote(words)}").json() == []
    assert someone.get(f"/desk/{TOWN}/slopes?order={quote(words)}").status_code == 400
    assert someone.get(f"/desk/{TOWN}/slopes/{quote(words, safe='')}").status_code in {404, 400}
    assert someone.get(f"/desk/{TOWN}/log?before={quote(words)}").status_code == 400
    signed = staff(None).post("/desk/sign-in", {"name": words, "password": words})
    assert (signed.status_code, "set-cookie" in signed.headers) == (422, False)
    assert staff(None).get(f"/suggest/{TOWN}/sent/{quote(words, safe='')}").status_code in {404, 400}
    kept = someone.post(f"/desk/{TOWN}/slopes", {"id": "words", "name": words, "sources": "s"})
    assert kept.status_code == 303
    assert office.drafts.find(TOWN, "words")[0].name == words
    assert set(inspect(office.database.engine).get_table_names()) == tables


# The disc


def test_no_address_climbs_out_of_its_folder(app: Litestar, staff: SomeStaff) -> None:
    people = (staff(Role.ADMIN), staff(None))
    with_parts = sorted({path for method, path in routes(app) if method == "GET" and "{" in path})
    assert len(with_parts) > 40
    for path in with_parts:
        for climb in CLIMBING:
            for name in re.findall(r"\{(\w+)(?::\w+)?\}", path):
                address = filled(path.replace(f"{{{name}}}", climb))
                address = re.sub(r"\{\w+(:\w+)?\}", "x", address)
                for someone in people:
                    reply = someone.get(address)
                    assert reply.status_code < 500, address
                    assert b"root:" not in reply.content, address
                    assert not reply.content.startswith(b"SQLite format"), address


# Files that hurt


def drop(someone: Staff, content: bytes, name: str) -> Response:
    headers = {"x-desk-mark": someone.mark}
    files = {"file": (name, content, "application/octet-stream")}
    return someone.client.post(f"/desk/{TOWN}/files", files=files, headers=headers, follow_redirects=False)


def test_a_workbook_that_unpacks_to_a_gigabyte_is_not_unpacked(staff: SomeStaff, office: Office) -> None:
    book = openpyxl.Workbook()
    plain = io.BytesIO()
    book.save(plain)
    bomb = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item.filename)
            if item.filename.startswith("xl/worksheets/"):
                content = content.replace(b"<sheetData", b"<!--" + b" " * 400_000_000 + b"--><sheetData")
            new.writestr(item, content)
    assert len(bomb.getvalue()) < 1_000_000
    reply = drop(staff(), bomb.getvalue(), "bomb.xlsx")
    assert reply.status_code in {200, 413, 422}
    assert "/files/" not in reply.headers.get("location", "")
    assert len(office.listing.all(TOWN)) == 3


def test_names_within_a_workbook_lead_nowhere(staff: SomeStaff, office: Office) -> None:
    odd = io.BytesIO()
    with zipfile.ZipFile(odd, "w") as archive:
        archive.writestr("../../../../tmp/climbed-out", "x")
        archive.writestr("[Content_Types].xml", "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>")
    reply = drop(staff(), odd.getvalue(), "odd.xlsx")
    assert reply.status_code < 500
    assert "root:" not in reply.text
    assert not list(office.data.rglob("climbed-out"))


@pytest.mark.parametrize("how", ["csv", "xlsx"])
def test_nothing_that_is_exported_is_a_formula(staff: SomeStaff, office: Office, how: str) -> None:
    for number, formula in enumerate(FORMULAS):
        office.drafts.create(EDITOR, TOWN, slope(f"f{number}", name=formula, credit=formula, sources=(formula,)))
    reply = staff().get(f"/desk/{TOWN}/files/take/slopes/{how}")
    assert reply.status_code == 200
    if how == "csv":
        text = reply.content.decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell[:1] in set("=+@＝\t") or re.match(r"-\D", cell)]
    else:  # a workbook tells texts from formulas itself
        with zipfile.ZipFile(io.BytesIO(reply.content)) as archive:
            sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert sheets
        assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
        book = openpyxl.load_workbook(io.BytesIO(reply.content))
        cells = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in cell for cell in cells), "they are there, as text"


# Passwords and sessions


def fail(someone: Staff) -> str:
    reply = someone.post("/desk/sign-in", {"name": "Sato", "password": "wrong"})
    assert reply.status_code == 422
    return unescape(reply.text)


def test_whoever_guesses_waits_longer_and_longer_and_the_right_one_too(staff: SomeStaff, clock: Clock) -> None:
    staff(Role.EDITOR, "Sato")
    guesser = staff(None)
    for _ in range(FREE_ATTEMPTS):
        assert "Name or password is wrong" in fail(guesser)
    waits = []
    for _ in range(4):
        right = guesser.post("/desk/sign-in", {"name": "Sato", "password": PASSWORD})
        assert right.status_code == 422, "while it is locked the right one does not open it either"
        waited = 0
        while "Name or password is wrong" not in fail(guesser):
            clock.forward(seconds=5)
            waited += 5
        waits.append(waited)
    assert all(later >= 1.9 * earlier for earlier, later in pairwise(waits)), waits


def test_signing_out_everywhere_ends_every_browser(staff: SomeStaff, app: Litestar, office: Office) -> None:
    one = staff(Role.EDITOR, "Sato")
    other = Staff(app, office, None)
    other.take(office.sessions.sign_in("Sato", PASSWORD, "127.0.0.1", "phone"))
    assert other.get("/desk/account").status_code == 200
    one.post("/desk/account/sign-out-everywhere")
    for browser in (one, other):
        assert browser.get("/desk/account").headers["location"].startswith("/desk/sign-in")
        assert browser.post(f"/desk/{TOWN}/slopes", {"id": "late", "name": "x"}).status_code == 303
    assert "late" not in {record.key for record in office.listing.all(TOWN)}


def test_an_account_that_is_closed_or_loses_its_role_is_out_at_once(staff: SomeStaff) -> None:
    admin, someone = staff(Role.ADMIN), staff(Role.PUBLISHER, "Sato")
    assert someone.get(f"/desk/{TOWN}").status_code == 200
    admin.post("/desk/people/change", {"name": "Sato", "act": "role", "role": "editor"})
    assert someone.post(f"/desk/{TOWN}/publish", {"chosen": "town-02@1"}).status_code in {303, 403}
    admin.post("/desk/people/change", {"name": "Sato", "act": "close"})
    assert someone.get(f"/desk/{TOWN}").headers.get("location", "").startswith("/desk/sign-in")
