"""The client: what it keeps, what it tries again, and when it gives up."""

import re
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from guide.domain.errors import SourceError
from tests.fetch import misbehaving_server as replies
from tests.fetch.misbehaving_server import Script
from tiles.fetch.http import Fetcher
from tiles.fetch.retry import Limits

DATA = bytes(range(256)) * 2000


def anything(_: object) -> None:
    """Everything is welcome."""


def exactly_data(path: Path) -> None:
    if path.read_bytes() != DATA:
        raise SourceError("it is something else")


def test_a_body_comes_as_it_is_and_says_who_asked(server: Script, fetcher: Fetcher) -> None:
    url = server.say("/a", replies.body(DATA))
    assert fetcher.fetch_bytes(url, check=anything) == DATA
    assert re.fullmatch(r"hyakusaka/\d+\.\d+\.\d+ \(\+test@example\.org\)", server.seen[0].headers["User-Agent"])


def test_the_contact_may_stand_in_the_environment(
    server: Script, limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYAKUSAKA_CONTACT", "https://example.org/me")
    url = server.say("/a", replies.body(DATA))
    with Fetcher(limits=limits) as fetcher:
        fetcher.fetch_bytes(url, check=anything)
    assert server.seen[0].headers["User-Agent"].endswith("(+https://example.org/me)")


def test_404_is_an_answer_for_bytes_and_asked_once(server: Script, fetcher: Fetcher) -> None:
    url = server.say("/none", replies.status(404))
    assert fetcher.fetch_bytes(url, check=anything) is None
    assert len(server.seen) == 1


def test_404_is_an_error_for_a_file(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    url = server.say("/none", replies.status(404))
    with pytest.raises(SourceError, match="does not exist"):
        fetcher.fetch_file(url, tmp_path / "f", check=anything)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(server: Script, fetcher: Fetcher, code: int) -> None:
    url = server.say("/busy", replies.status(code), replies.status(code), replies.body(DATA))
    assert fetcher.fetch_bytes(url, check=anything) == DATA
    assert len(server.seen) == 3


@pytest.mark.parametrize("code", [400, 401, 403, 418])
def test_a_refusal_is_final(server: Script, fetcher: Fetcher, code: int) -> None:
    url = server.say("/no", replies.status(code))
    with pytest.raises(SourceError, match=str(code)):
        fetcher.fetch_bytes(url, check=anything)
    assert len(server.seen) == 1


def test_retry_after_is_waited_for(server: Script, fetcher: Fetcher) -> None:
    url = server.say("/busy", replies.status(429, Retry_After="1"), replies.body(DATA))
    fetcher.fetch_bytes(url, check=anything)
    assert server.seen[1].at - server.seen[0].at >= 0.95


def test_a_retry_after_of_hours_is_not(server: Script, fetcher: Fetcher) -> None:
    url = server.say("/busy", replies.status(429, Retry_After="7200"))
    start = time.monotonic()
    with pytest.raises(SourceError, match="7200 s"):
        fetcher.fetch_bytes(url, check=anything)
    assert time.monotonic() - start < 1


def test_tries_are_bounded_and_the_last_reason_is_said(server: Script, fetcher: Fetcher) -> None:
    url = server.say("/busy", replies.status(504))
    with pytest.raises(SourceError, match=r"504.*Tried 3 times"):
        fetcher.fetch_bytes(url, check=anything)
    assert len(server.seen) == 3


def test_a_reset_a_stall_and_half_a_body_are_tried_again(server: Script, fetcher: Fetcher) -> None:
    for trouble in (replies.reset, replies.stall(0.6), replies.cut(DATA, 1000)):
        url = server.say("/x", trouble, replies.body(DATA))
        assert fetcher.fetch_bytes(url, check=anything) == DATA


@pytest.mark.parametrize(
    ("content_type", "page"),
    [
        ("text/html; charset=utf-8", b"any"),
        ("image/png", b"\n<!DOCTYPE html><title>busy"),
        ("", b"\xef\xbb\xbf<html>"),
    ],
)
def test_a_web_page_with_status_200_is_not_data(
    server: Script, fetcher: Fetcher, content_type: str, page: bytes
) -> None:
    url = server.say("/x", replies.body(page, content_type), replies.body(DATA))
    assert fetcher.fetch_bytes(url, check=anything) == DATA
    url = server.say("/y", replies.body(page, content_type))
    with pytest.raises(SourceError, match="web page"):
        fetcher.fetch_bytes(url, check=anything)


def test_what_does_not_pass_the_check_is_asked_for_again_and_never_kept(
    server: Script, fetcher: Fetcher, tmp_path: Path
) -> None:
    path = tmp_path / "f"
    url = server.say("/x", replies.body(b"wrong", ETag='"1"'), replies.body(DATA, ETag='"1"'))
    fetcher.fetch_file(url, path, check=exactly_data)
    assert path.read_bytes() == DATA
    assert "Range" not in server.seen[1].headers
    url = server.say("/y", replies.body(b"wrong"))
    with pytest.raises(SourceError, match="something else"):
        fetcher.fetch_file(url, tmp_path / "g", check=exactly_data)
    assert [file.name for file in tmp_path.iterdir()] == ["f"]


def test_nobody_there_is_said_in_one_sentence(fetcher: Fetcher) -> None:
    with pytest.raises(SourceError, match="cannot be reached") as error:
        fetcher.fetch_bytes("http://127.0.0.1:9/x", check=anything)
    assert "\n" not in error.value.message


@pytest.mark.parametrize("url", ["no address", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://"])
def test_only_http_addresses_are_fetched(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(SourceError, match="address"):
        fetcher.fetch_bytes(url, check=anything)


def test_a_break_is_gone_on_with_where_it_was(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    url = server.say("/big", replies.cut(DATA, 200_000, ETag='"v1"'), replies.ranged(DATA, '"v1"'))
    steps: list[tuple[int, int]] = []
    fetcher.fetch_file(url, tmp_path / "big", check=exactly_data, progress=lambda *step: steps.append(step))
    asked = server.seen[1].headers
    assert int(asked["Range"].removeprefix("bytes=").rstrip("-")) > 0
    assert steps[-1] == (len(DATA), len(DATA))
    assert [file.name for file in tmp_path.iterdir()] == ["big"]


def test_a_later_run_goes_on_with_what_an_earlier_one_left(server: Script, limits: Limits, tmp_path: Path) -> None:
    url = server.say("/big", replies.cut(DATA, 200_000, ETag='"v1"'))
    with Fetcher(limits=replace(limits, tries=1)) as once, pytest.raises(SourceError):
        once.fetch_file(url, tmp_path / "big", check=exactly_data)
    assert not (tmp_path / "big").exists()
    url = server.say("/big", replies.ranged(DATA, '"v1"'))
    with Fetcher(limits=limits) as again:
        again.fetch_file(url, tmp_path / "big", check=exactly_data)
    assert "Range" in server.seen[-1].headers


def test_a_file_that_changed_since_is_fetched_anew(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    other = b"old" * 100_000
    url = server.say("/big", replies.cut(other, 200_000, ETag='"old"'), replies.ranged(DATA, '"new"'))
    fetcher.fetch_file(url, tmp_path / "big", check=exactly_data)
    assert server.seen[1].headers["If-Range"] == '"old"'


def test_without_a_version_nothing_is_resumed(server: Script, fetcher: Fetcher, tmp_path: Path) -> None:
    url = server.say("/big", replies.cut(DATA, 200_000, ETag='W/"weak"'), replies.body(DATA))
    fetcher.fetch_file(url, tmp_path / "big", check=exactly_data)
    assert "Range" not in server.seen[1].headers


def test_a_deadline_ends_everything(server: Script, limits: Limits) -> None:
    for path, trouble in {
        "/dribble": replies.dribble(3),
        "/stall": replies.stall(3),
        "/busy": replies.status(503),
    }.items():
        url = server.say(path, trouble)
        start = time.monotonic()
        slow = replace(limits, stall_s=5.0, tries=1000)
        with Fetcher(limits=slow, deadline_s=0.4) as fetcher, pytest.raises(SourceError, match=r"after 0\.4 s"):
            fetcher.fetch_bytes(url, check=anything)
        assert time.monotonic() - start < 1.2


def test_a_name_that_is_looked_up_for_ever_does_not_outlast_the_deadline(
    limits: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(3))
    start = time.monotonic()
    with Fetcher(limits=limits, deadline_s=0.3) as fetcher, pytest.raises(SourceError, match=r"after 0\.3 s"):
        fetcher.fetch_bytes("http://example.org/x", check=anything)
    assert time.monotonic() - start < 1


def test_never_more_than_two_connections_and_a_pause_between_starts(server: Script, limits: Limits) -> None:
    server.default = replies.stall(0.15)
    # By two names, since the limit is not for each server alone.
    hosts = (server.base_url, server.base_url.replace("127.0.0.1", "localhost"))
    with Fetcher(limits=replace(limits, pause_s=0.02, tries=1)) as fetcher:

        def ask(number: int) -> None:
            with pytest.raises(SourceError):
                fetcher.fetch_bytes(f"{hosts[number % 2]}/{number}", check=anything)

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.seen) == 8
    assert server.busiest == 2
    starts = sorted(seen.at for seen in server.seen)
    assert starts[1] - starts[0] >= 0.015
