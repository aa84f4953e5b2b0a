"""Who gets in, and where: every address of the desk against every role, and every trick against a form."""

import re
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

import guide.catalogue
from guide.catalogue.office import Office
from guide.catalogue.workflow.people import Permission, Role
from guide.desk.access import ANYBODY, PERMISSION
from guide.domain.texts import keys
from tests.catalogue.offices import PASSWORD
from tests.desk.conftest import SomeStaff
from tests.desk.staff import BASE

ANY, EDIT, PUBLISH, MANAGE = ANYBODY, Permission.EDIT, Permission.PUBLISH, Permission.MANAGE
TABLE = {
    "GET /desk/sign-in": ANY,
    "POST /desk/sign-in": ANY,
    "POST /desk/sign-out": ANY,
    "POST /desk/language": ANY,
    "GET /desk/welcome/{secret}": ANY,
    "POST /desk/welcome/{secret}": ANY,
    "GET /desk/account": EDIT,
    "POST /desk/account/password": EDIT,
    "POST /desk/account/sign-out-everywhere": EDIT,
    "GET /desk/people": MANAGE,
    "POST /desk/people": MANAGE,
    "POST /desk/people/link": MANAGE,
    "POST /desk/people/change": MANAGE,
    "GET /desk/log": MANAGE,
    "GET /desk": EDIT,
    "GET /desk/go": EDIT,
    "GET /desk/{area_id}": EDIT,
    "GET /desk/{area_id}/log": EDIT,
    "GET /desk/{area_id}/found": EDIT,
    "GET /desk/{area_id}/find": EDIT,
    "GET /desk/{area_id}/building": EDIT,
    "POST /desk/{area_id}/measure/slope": EDIT,
    "POST /desk/{area_id}/measure/tour": EDIT,
    "POST /desk/{area_id}/measure/closure": EDIT,
    "GET /desk/{area_id}/files": EDIT,
    "POST /desk/{area_id}/files": EDIT,
    "GET /desk/{area_id}/files/take/{what}/{how}": EDIT,
    "GET /desk/{area_id}/files/{token}": EDIT,
    "GET /desk/{area_id}/files/{token}/places": EDIT,
    "POST /desk/{area_id}/files/{token}": EDIT,
    "POST /desk/{area_id}/photos": EDIT,
    "GET /desk/{area_id}/photos/{photo}": EDIT,
    "GET /desk/{area_id}/todo": EDIT,
    "POST /desk/{area_id}/todo": EDIT,
    "GET /desk/{area_id}/suggestions": EDIT,
    "POST /desk/{area_id}/suggestions/{number}/accept": EDIT,
    "POST /desk/{area_id}/suggestions/{number}/refuse": EDIT,
    "GET /desk/{area_id}/publish": EDIT,
    "POST /desk/{area_id}/publish": PUBLISH,
    "GET /desk/{area_id}/new/{kind}": EDIT,
    "POST /desk/{area_id}/check/{kind}": EDIT,
    "GET /desk/{area_id}/{kind}": EDIT,
    "POST /desk/{area_id}/{kind}": EDIT,
    "GET /desk/{area_id}/{kind}/{key}": EDIT,
    "POST /desk/{area_id}/{kind}/{key}": EDIT,
    "GET /desk/{area_id}/{kind}/{key}/meanwhile": EDIT,
    "POST /desk/{area_id}/{kind}/{key}/merge": EDIT,
    "GET /desk/{area_id}/{kind}/{key}/changes": EDIT,
    "POST /desk/{area_id}/{kind}/{key}/review": EDIT,
    "POST /desk/{area_id}/{kind}/{key}/publish": PUBLISH,
    "GET /desk/{area_id}/{kind}/{key}/history": EDIT,
    "POST /desk/{area_id}/{kind}/{key}/restore": EDIT,
}
PARTS = {
    "secret": "x",
    "area_id": "town",
    "kind": "slopes",
    "key": "town-01",
    "photo": "x",
    "number": "1",
    "ticket": "x",
}
"""What stands in an address for its parts."""


def addresses(app: Litestar) -> dict[str, object]:
    """Every address of the desk and what it says it takes."""
    return {
        f"{method} {route.path_format}": handler.opt.get(PERMISSION)
        for route in app.routes
        if isinstance(route, HTTPRoute) and route.path.startswith("/desk")
        for method, (handler, _) in route.route_handler_map.items()
        if method != "OPTIONS"
    }


def test_every_address_stands_in_the_table_with_what_it_takes(app: Litestar) -> None:
    assert addresses(app) == TABLE


def test_every_address_lets_in_whom_it_should(staff: SomeStaff) -> None:
    people = {role: staff(role) for role in (None, *Role)}
    for address, takes in TABLE.items():
        method, path = address.split(" ")
        for name, value in PARTS.items():
            path = path.replace(f"{{{name}}}", value)
        for role, someone in people.items():
            if address in {"POST /desk/sign-out", "POST /desk/account/sign-out-everywhere"} and role is not None:
                continue  # they would not be signed in for the rest of the table
            reply = someone.get(path) if method == "GET" else someone.post(path)
            case = f"{address} as {role}"
            if takes == ANYBODY:
                assert reply.status_code not in {401, 403}, case
            elif role is None:
                assert reply.status_code == 303, case
                assert reply.headers["location"].startswith("/desk/sign-in?next="), case
            else:
                may = list(Role).index(role) >= [EDIT, PUBLISH, MANAGE].index(takes)  # type: ignore[arg-type]
                assert (reply.status_code != 403) == may, case
            assert reply.status_code < 500, case


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(staff: SomeStaff) -> None:
    reply = staff(None).get("/desk/account", headers={"hx-request": "true"})
    assert (reply.status_code, reply.headers["hx-redirect"]) == (401, "/desk/sign-in?next=/desk/account")


def test_signing_in_goes_on_to_where_one_wanted_and_nowhere_else(staff: SomeStaff) -> None:
    staff(Role.EDITOR, "Sato")
    for wanted, location in (
        ("/desk/account", "/desk/account"),
        ("https://evil.example/desk", "/desk"),
        ("//evil.example", "/desk"),
        ("/desk//evil.example", "/desk"),
        ("/desk/\\evil", "/desk"),
        ("/deskevil", "/desk"),
        ("/desk/../api", "/desk"),
    ):
        browser = staff(None)
        reply = browser.post("/desk/sign-in", {"name": "Sato", "password": PASSWORD, "next": wanted})
        assert (reply.status_code, reply.headers["location"]) == (303, location)


def test_a_wrong_password_says_so_and_keeps_the_name(staff: SomeStaff) -> None:
    staff(Role.EDITOR, "Sato")
    reply = staff(None).post("/desk/sign-in", {"name": "Sato", "password": "wrong"})
    assert reply.status_code == 422
    assert "Name or password is wrong" in reply.text
    assert 'value="Sato"' in reply.text
    assert "set-cookie" not in reply.headers


def test_a_session_is_never_one_that_somebody_else_chose(staff: SomeStaff, office: Office) -> None:
    staff(Role.EDITOR, "Sato")
    victim = staff(None)
    victim.client.cookies.set("desk", "planted", domain="testserver.local", path="/desk")
    reply = victim.post("/desk/sign-in", {"name": "Sato", "password": PASSWORD})
    cookie = reply.headers["set-cookie"]
    assert "desk=planted" not in cookie
    assert office.sessions.find("planted") is None
    assert {"HttpOnly", "SameSite=lax", "Path=/desk"} <= set(cookie.split("; "))


def test_the_session_that_a_browser_had_ends_when_it_signs_in_again(staff: SomeStaff, office: Office) -> None:
    someone = staff(Role.EDITOR, "Sato")
    before = someone.client.cookies["desk"]
    someone.post("/desk/sign-in", {"name": "Sato", "password": PASSWORD})
    assert office.sessions.find(before) is None


def test_over_tls_the_cookie_is_for_tls_alone(app: Litestar, staff: SomeStaff) -> None:
    staff(Role.EDITOR, "Sato")
    browser = staff(None)
    browser.client.base_url = BASE.replace("http:", "https:")  # type: ignore[assignment]
    browser.client.headers["origin"] = BASE.replace("http:", "https:")
    cookie = browser.post("/desk/sign-in", {"name": "Sato", "password": PASSWORD}).headers["set-cookie"]
    assert cookie.startswith("__Secure-desk=")
    assert "Secure" in cookie.split("; ")
    assert app.debug is False


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.local.evil.example", "http://testserver.local:81"]
)
def test_a_form_of_another_site_changes_nothing(staff: SomeStaff, office: Office, origin: str) -> None:
    admin = staff(Role.ADMIN)
    reply = admin.post("/desk/people", {"name": "evil", "role": "admin"}, headers={"origin": origin})
    assert reply.status_code == 403
    assert [account.name for account in office.accounts.all()] == ["Admin"]


def test_a_form_that_does_not_say_where_it_is_from_changes_nothing(staff: SomeStaff) -> None:
    admin = staff(Role.ADMIN)
    del admin.client.headers["origin"]
    assert admin.post("/desk/people", {"name": "x", "role": "editor"}).status_code == 403
    fine = admin.post("/desk/people", {"name": "x", "role": "editor"}, headers={"sec-fetch-site": "same-origin"})
    assert fine.status_code == 200


@pytest.mark.parametrize("mark", ["", "x", "0" * 64])
def test_a_form_without_the_sessions_mark_changes_nothing(staff: SomeStaff, office: Office, mark: str) -> None:
    admin = staff(Role.ADMIN)
    assert admin.post("/desk/people", {"name": "evil", "role": "admin", "mark": mark}).status_code == 403
    assert len(office.accounts.all()) == 1


def test_another_persons_mark_is_none(staff: SomeStaff) -> None:
    one, other = staff(Role.ADMIN, "one"), staff(Role.ADMIN, "other")
    assert one.post("/desk/people", {"name": "x", "mark": other.mark}).status_code == 403
    header = {"x-desk-mark": one.mark}
    assert one.post("/desk/people", {"name": "x", "mark": ""}, headers=header).status_code == 200


def test_signing_out_ends_the_session(staff: SomeStaff, office: Office) -> None:
    someone = staff(Role.EDITOR)
    secret = someone.client.cookies["desk"]
    reply = someone.post("/desk/sign-out")
    assert reply.headers["location"] == "/desk/sign-in"
    assert office.sessions.find(secret) is None


def test_pages_run_nothing_but_our_own_scripts_and_are_kept_by_nobody(staff: SomeStaff) -> None:
    reply = staff(Role.EDITOR).get("/desk/account")
    policy = reply.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert reply.headers["cache-control"] == "no-store"
    assert "access-control-allow-origin" not in reply.headers


def test_a_link_leads_in_once(staff: SomeStaff, office: Office) -> None:
    admin = staff(Role.ADMIN)
    page = admin.post("/desk/people", {"name": "佐藤", "role": "editor"}).text
    path = page.partition(f"{BASE}/desk/welcome/")[2].partition('"')[0]
    browser = staff(None)
    shown = browser.get(f"/desk/welcome/{path}")
    assert shown.headers["referrer-policy"] == "same-origin"
    odd = browser.post(f"/desk/welcome/{path}", {"password": PASSWORD, "again": "another"})
    assert (odd.status_code, "not the same" in odd.text) == (422, True)
    assert browser.post(f"/desk/welcome/{path}", {"password": "short", "again": "short"}).status_code == 422
    entered = browser.post(f"/desk/welcome/{path}", {"password": PASSWORD, "again": PASSWORD})
    assert entered.headers["location"] == "/desk"
    assert browser.get("/desk/account").status_code == 200
    assert browser.get(f"/desk/welcome/{path}").status_code == 422
    assert office.accounts.get("佐藤").has_password


def test_names_are_shown_as_text(staff: SomeStaff, office: Office) -> None:
    admin = staff(Role.ADMIN)
    reply = admin.post("/desk/people", {"name": "<script>alert(1)</script>", "email": '"><img src=x onerror=alert(1)>'})
    assert "<script>alert" not in reply.text
    assert "<img" not in reply.text
    assert len(office.accounts.all()) == 1


def test_what_the_last_page_left_to_say_cannot_be_made_up(staff: SomeStaff) -> None:
    someone = staff(Role.EDITOR)
    for made_up in ("%7B%22key%22%3A%22desk.say-why%22%7D", "x", "%7B%22key%22%3A%22said.nothing%22%7D", "%ff"):
        someone.client.cookies.set("desk_said", made_up, domain="testserver.local", path="/desk")
        reply = someone.get("/desk/account")
        assert reply.status_code == 200
        assert 'class="said"' not in reply.text


def test_the_desk_speaks_both_languages(staff: SomeStaff) -> None:
    someone = staff(Role.EDITOR)
    assert 'lang="en"' in someone.get("/desk/account").text
    assert (
        someone.post("/desk/language", {"language": "ja", "next": "/desk/account"}).headers["location"]
        == "/desk/account"
    )
    page = someone.get("/desk/account").text
    assert 'lang="ja"' in page
    assert "自分のアカウント" in page


def test_a_closed_database_is_said_and_visitors_do_not_notice(app: Litestar, staff: SomeStaff) -> None:
    from guide.desk.opening import OpenOffice  # noqa: PLC0415
    from guide.settings import Settings  # noqa: PLC0415

    browser = staff(None)
    app.state.offices = OpenOffice(Settings(database_url="postgresql://nobody@/x?host=/nowhere&connect_timeout=1"))
    reply = browser.get("/desk/sign-in")
    assert reply.status_code == 503
    assert "database" in reply.text
    assert browser.get("/healthz").status_code == 200


def test_every_act_that_is_logged_has_its_words() -> None:
    acts = set()
    for path in Path(str(guide.catalogue.__file__)).parent.rglob("*.py"):
        acts |= set(re.findall(r'\.log\(\s*"([a-z-]+)"', path.read_text("utf-8")))
    assert {"created", "account-added", "published", "imported"} <= acts
    assert {f"act.{act}" for act in acts | {"submitted", "returned", "scheduled", "unscheduled"}} <= keys("en")


def test_the_log_is_read_by_administrators(staff: SomeStaff) -> None:
    admin = staff(Role.ADMIN)
    page = admin.get("/desk/log").text
    assert "added somebody" in page
    assert "read the first catalogue" in page
    assert admin.get("/desk/log?before=1").status_code == 200
    assert admin.get("/desk/log?before=0").status_code == 400
