"""Mail, sent to a real server on this machine."""

import socket
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from guide.catalogue.accounts.mail import MailServer
from guide.domain.errors import UsageError


class Box:
    """Keeps what comes in."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802 (the library's name)
        self.letters.append(envelope.content)  # type: ignore[attr-defined]
        return "250 OK"


@pytest.fixture
def box() -> Iterator[tuple[Box, int]]:
    kept = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


def test_a_link_is_sent_in_both_languages(box: tuple[Box, int]) -> None:
    kept, port = box
    server = MailServer.at(f"smtp://127.0.0.1:{port}", "desk@example.org")
    server.send_link("sato@example.org", "佐藤", "https://slopes.example.org/desk/welcome/abc")
    letter = message_from_bytes(kept.letters[0], policy=policy.default)
    text = letter.get_content()  # type: ignore[attr-defined]
    assert "佐藤 さん" in text
    assert "Dear 佐藤" in text
    assert text.count("https://slopes.example.org/desk/welcome/abc") == 2
    assert (letter["To"], letter["From"]) == ("sato@example.org", "desk@example.org")


def test_a_password_is_not_sent_in_the_clear(box: tuple[Box, int]) -> None:
    kept, port = box
    server = MailServer.at(f"smtp://me:secret@127.0.0.1:{port}", "desk@example.org")
    with pytest.raises(OSError, match="clear"):
        server.send_link("sato@example.org", "佐藤", "https://x/")
    assert kept.letters == []


def test_a_server_that_is_not_there_is_an_error_of_the_system() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(OSError, match="refused"):
        MailServer.at(f"smtp://127.0.0.1:{port}", "desk@example.org").send_link("a@b", "x", "y")


@pytest.mark.parametrize(
    ("url", "sender"), [("http://x", "a@b"), ("smtp://", "a@b"), ("smtp://x", ""), ("smtp://x:y", "a@b")]
)
def test_an_address_that_is_none_is_refused(url: str, sender: str) -> None:
    with pytest.raises(UsageError, match="HYAKUSAKA_SMTP_URL"):
        MailServer.at(url, sender)


def test_names_and_passwords_may_hold_any_sign() -> None:
    server = MailServer.at("smtps://me%40town:p%2Fq@mail.example.org", "a@b")
    assert (server.user, server.password, server.port, server.secure) == ("me@town", "p/q", 465, True)
