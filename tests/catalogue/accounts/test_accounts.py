"""Accounts and sessions: nobody gets in who should not, and nobody learns who could."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from guide.catalogue.accounts.attempts import FREE_ATTEMPTS, FREE_ATTEMPTS_OF_ADDRESS, wait_after
from guide.catalogue.accounts.passwords import Passwords, require_good
from guide.catalogue.accounts.sessions import IDLE, LONGEST, Sessions
from guide.catalogue.office import Office
from guide.catalogue.workflow.people import COMMAND_LINE, Role
from guide.domain.errors import DeskError, NotAllowedError
from tests.catalogue.offices import ADMIN, EDITOR, PASSWORD, Clock

HERE = "127.0.0.1"


@pytest.fixture
def sato(office: Office) -> str:
    """An editor who has chosen a password."""
    _, secret = office.accounts.add(COMMAND_LINE, "佐藤", Role.EDITOR)
    office.accounts.choose_password(secret, PASSWORD)
    return "佐藤"


def sign_in(office: Office, password: str = PASSWORD, name: str = "佐藤", address: str = HERE) -> str:
    return office.sessions.sign_in(name, password, address, "a browser")


def refusal(office: Office, **arguments: str) -> str:
    with pytest.raises(DeskError) as caught:
        sign_in(office, **arguments)
    return caught.value.code


def test_a_link_is_used_once(office: Office) -> None:
    account, secret = office.accounts.add(ADMIN, "  佐藤　一郎 ", Role.EDITOR, "sato@example.org")
    assert (account.name, account.has_password) == ("佐藤 一郎", False)
    assert office.accounts.find_by_link(secret) == account
    assert office.accounts.choose_password(secret, PASSWORD).has_password
    assert office.accounts.find_by_link(secret) is None
    with pytest.raises(DeskError, match="no longer works"):
        office.accounts.choose_password(secret, PASSWORD)


def test_a_link_ends_after_a_week_and_when_a_newer_one_is_made(office: Office, clock: Clock) -> None:
    _, secret = office.accounts.add(ADMIN, "佐藤", Role.EDITOR)
    _, newer = office.accounts.new_link(ADMIN, "佐藤")
    assert office.accounts.find_by_link(secret) is None
    clock.forward(days=7)
    assert office.accounts.find_by_link(newer) is None
    assert office.accounts.find_by_link("") is None


def test_nothing_secret_stands_in_the_database(office: Office, sato: str) -> None:
    _, link = office.accounts.new_link(ADMIN, sato)
    session = sign_in(office)
    with office.database.reading() as reading:
        for table in ("accounts", "sessions", "links", "attempts", "log"):
            rows = str(reading.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
            assert not [secret for secret in (link, session, PASSWORD) if secret in rows]
        assert "argon2id" in str(reading.execute(text("SELECT password FROM accounts")).all())


def test_signing_in_and_out(office: Office, sato: str) -> None:
    secret = sign_in(office, name="佐藤 ")
    found = office.sessions.find(secret)
    assert found is not None
    assert (found.account.name, found.agent) == (sato, "a browser")
    assert office.sessions.find(secret[:-1]) is None
    assert office.sessions.find("") is None
    office.sessions.sign_out(secret)
    assert office.sessions.find(secret) is None


def test_every_sign_in_is_a_session_of_its_own(office: Office, sato: str) -> None:
    first, second = sign_in(office), sign_in(office)
    assert first != second
    account = office.accounts.get(sato)
    assert len(office.sessions.list_of(account)) == 2
    office.sessions.sign_out_everywhere(account)
    assert (office.sessions.find(first), office.sessions.find(second)) == (None, None)


@pytest.mark.usefixtures("sato")
def test_a_session_ends_when_idle_and_after_two_weeks_of_use(office: Office, clock: Clock) -> None:
    secret = sign_in(office)
    end = clock.now + LONGEST
    while clock.now < end - IDLE:
        clock.forward(hours=11)
        assert office.sessions.find(secret) is not None
    clock.forward(hours=12)
    assert office.sessions.find(secret) is None
    idle = sign_in(office)
    clock.forward(hours=12)
    assert office.sessions.find(idle) is None


@pytest.mark.usefixtures("sato")
def test_it_is_not_told_whether_a_name_is_anybodys(office: Office) -> None:
    assert refusal(office, password="wrong") == refusal(office, name="nobody") == "account.no-entry"
    for _ in range(FREE_ATTEMPTS):
        refusal(office, name="nobody")
        refusal(office, password="wrong")
    assert refusal(office, name="nobody") == refusal(office) == "account.wait"


@pytest.mark.usefixtures("sato")
def test_each_failure_makes_the_next_wait_longer(office: Office, clock: Clock) -> None:
    for _ in range(FREE_ATTEMPTS):
        assert refusal(office, password="wrong") == "account.no-entry"
    assert refusal(office) == "account.wait"  # the right password waits as well
    clock.forward(seconds=15)
    assert refusal(office, password="wrong") == "account.no-entry"
    clock.forward(seconds=15)
    assert refusal(office) == "account.wait"
    clock.forward(seconds=15)
    assert sign_in(office)
    assert refusal(office, password="wrong") == "account.no-entry"  # and the count begins anew
    assert sign_in(office)
    assert [wait_after(count) for count in (-1, 0, 1, 2, 99)] == [
        timedelta(0), timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60), timedelta(minutes=30),
    ]  # fmt: skip


@pytest.mark.usefixtures("sato")
def test_many_attempts_at_once_gain_nothing(office: Office) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda number: refusal(office, password=f"guess {number}"), range(24)))
    assert codes.count("account.no-entry") == FREE_ATTEMPTS


def test_one_address_does_not_try_every_name(office: Office) -> None:
    for number in range(FREE_ATTEMPTS_OF_ADDRESS):
        assert refusal(office, name=f"name {number}") == "account.no-entry"
    assert refusal(office, name="another") == "account.wait"
    assert refusal(office, name="another", address="10.0.0.9") == "account.no-entry"


def test_a_new_link_ends_the_waiting(office: Office, sato: str) -> None:
    for _ in range(FREE_ATTEMPTS):
        refusal(office, password="wrong")
    assert refusal(office) == "account.wait"
    _, secret = office.accounts.new_link(ADMIN, sato)
    office.accounts.choose_password(secret, PASSWORD)
    assert sign_in(office)


def test_another_password_ends_every_session(office: Office, sato: str) -> None:
    secret = sign_in(office)
    with pytest.raises(DeskError, match="present password"):
        office.accounts.change_password(sato, "wrong", PASSWORD + "!")
    office.accounts.change_password(sato, PASSWORD, PASSWORD + "!")
    assert office.sessions.find(secret) is None
    assert refusal(office) == "account.no-entry"
    assert sign_in(office, PASSWORD + "!")


def test_a_closed_account_opens_nothing(office: Office, sato: str) -> None:
    office.accounts.add(ADMIN, "鈴木", Role.ADMIN)
    secret = sign_in(office)
    _, link = office.accounts.new_link(ADMIN, sato)
    office.accounts.change(ADMIN, sato, active=False)
    assert office.sessions.find(secret) is None
    assert office.accounts.find_by_link(link) is None
    assert refusal(office) == "account.no-entry"
    with pytest.raises(DeskError, match="closed"):
        office.accounts.new_link(ADMIN, sato)
    office.accounts.change(ADMIN, sato, active=True)
    assert sign_in(office)


def test_a_changed_role_holds_at_once(office: Office, sato: str) -> None:
    office.accounts.add(ADMIN, "鈴木", Role.ADMIN)
    secret = sign_in(office)
    office.accounts.change(ADMIN, sato, role=Role.PUBLISHER)
    assert office.sessions.find(secret) is None
    found = office.sessions.find(sign_in(office))
    assert found is not None
    assert found.account.role is Role.PUBLISHER


def test_an_administrator_always_remains(office: Office) -> None:
    office.accounts.add(ADMIN, "鈴木", Role.ADMIN)
    for change in ({"role": Role.EDITOR}, {"active": False}):
        with pytest.raises(DeskError, match="administrator"):
            office.accounts.change(ADMIN, "鈴木", **change)  # type: ignore[arg-type]
    assert office.accounts.get("鈴木").role is Role.ADMIN


def test_only_administrators_manage_accounts(office: Office, sato: str) -> None:
    with pytest.raises(NotAllowedError):
        office.accounts.add(EDITOR, "x", Role.ADMIN)
    with pytest.raises(NotAllowedError):
        office.accounts.change(EDITOR, sato, role=Role.ADMIN)
    with pytest.raises(NotAllowedError):
        office.accounts.new_link(EDITOR, sato)


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "<b>", "a\nb\x00", "(scheduled)", 'a"b'])
def test_odd_names_are_refused(office: Office, name: str) -> None:
    with pytest.raises(DeskError, match="characters"):
        office.accounts.add(ADMIN, name, Role.EDITOR)


@pytest.mark.parametrize("twin", ["佐藤", " 佐藤 ", "ｓato"])
def test_names_that_look_alike_are_one(office: Office, twin: str) -> None:
    office.accounts.add(ADMIN, "佐藤" if "佐" in twin else "Sato", Role.EDITOR)
    with pytest.raises(DeskError, match="already"):
        office.accounts.add(ADMIN, twin, Role.EDITOR)


@pytest.mark.parametrize("email", ["x", "a@b@c", "a b@c", "a@b\nBcc: c@d", "<a@b>"])
def test_what_is_no_mail_address_is_refused(office: Office, email: str) -> None:
    with pytest.raises(DeskError, match="mail address"):
        office.accounts.add(ADMIN, "佐藤", Role.EDITOR, email)


@pytest.mark.parametrize(
    "password", ["short", "みじかい", "aaaaaaaaaaaaaaaa", "password1234", "123456789012", "hanako-hanako", "x" * 201]
)
def test_easy_passwords_are_refused(password: str) -> None:
    with pytest.raises(DeskError, match=r"password|characters"):
        require_good(password, "Hanako")


@pytest.mark.parametrize("password", ["correct horse battery", "港の青い自転車が三台とまる", "Tr0ub4dor&3xyz"])
def test_long_ones_will_do(password: str) -> None:
    require_good(password, "Hanako")


def test_hashes_grow_with_the_times(office: Office, sato: str) -> None:
    stronger = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    Sessions(office.database, Clock(), stronger).sign_in(sato, PASSWORD, HERE, "")
    with office.database.reading() as session:
        assert "t=2" in session.scalar(text("SELECT password FROM accounts"))
    assert sign_in(office)
