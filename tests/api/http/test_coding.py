"""Which compression a client takes, and that packing gives the same bytes each time."""

import asyncio
import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide.http.coding import codings_of, is_packable, pack
from guide.http.tags import tag_of, with_coding


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        (b"", ()),
        (b"gzip", (b"gzip",)),
        (b"gzip, deflate, br", (b"br", b"gzip")),
        (b"br;q=0.1, gzip;q=0.9", (b"gzip", b"br")),
        (b"BR", (b"br",)),
        (b"gzip;q=0", ()),
        (b"gzip;q=0.000, br;q=0", ()),
        (b"*", (b"br", b"gzip")),
        (b"*;q=0, gzip", (b"gzip",)),
        (b"identity", ()),
        (b"gzip;q=many", ()),
        (b",,;q=1,", ()),
    ],
)
def test_the_best_coding_stands_in_front(header: bytes, codings: tuple[bytes, ...]) -> None:
    assert codings_of(header) == codings


@given(st.binary(max_size=60))
def test_no_header_is_too_odd_to_be_read(header: bytes) -> None:
    assert set(codings_of(header)) <= {b"br", b"gzip"}


@given(st.binary(max_size=3000))
def test_packing_loses_nothing_and_is_always_the_same(body: bytes) -> None:
    for coding, unpack in ((b"gzip", gzip.decompress), (b"br", brotli.decompress)):
        packed = asyncio.run(pack(body, coding))
        assert unpack(packed) == body
        assert packed == asyncio.run(pack(body, coding))


def test_pictures_and_archives_are_not_packed_again() -> None:
    assert is_packable(b"application/geo+json")
    assert is_packable(b"image/svg+xml")
    assert not is_packable(b"image/png")
    assert not is_packable(b"application/vnd.pmtiles")


def test_other_bytes_have_another_tag() -> None:
    tags = {with_coding(tag_of(body), coding) for body in (b"a", b"b") for coding in (b"", b"br", b"gzip")}
    assert len(tags) == 6
    assert all(tag.startswith(b'"') and tag.endswith(b'"') and tag.count(b'"') == 2 for tag in tags)
