"""Photos at the desk: sent in, shown to staff, to visitors once they are published, and on paper."""

import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Response
from litestar import Litestar
from PIL import Image
from pypdf import PdfReader

from guide.catalogue.office import Office
from guide.catalogue.photos.develop import MOST_BYTES
from guide.catalogue.workflow.people import Role
from guide.domain.photo import PhotoSize, find_photo
from tests.api.built_area import drawn_town, slope_along, write_area
from tests.catalogue.offices import EDITOR, TOWN, Clock, slope
from tests.catalogue.photos.pictures import SECRET, bomb, encoded, two_halves
from tests.desk.conftest import SomeStaff
from tests.desk.staff import Staff

PHOTOS = f"/desk/{TOWN}/photos"
VIEW = f"/desk/{TOWN}/slopes/town-01"


@pytest.fixture
def town_build(tmp_path: Path) -> Path:
    """Builds of this test's own: it changes them."""
    root = tmp_path / "builds"
    write_area(root, TOWN)
    return root


def send(someone: Staff, content: bytes, name: str = "photo.jpg") -> Response:
    headers = {"x-desk-mark": someone.mark}
    return someone.client.post(PHOTOS, files={"file": (name, content, "image/jpeg")}, headers=headers)


def sent(someone: Staff, content: bytes) -> str:
    reply = send(someone, content)
    assert reply.status_code == 200, reply.text
    photo = reply.json()["photo"]
    assert isinstance(photo, str)
    return photo


def show(app: Litestar, builds: Path, photo: str | None, credit: str | None = "佐藤") -> None:
    """Build the town anew with a photo on its stairs."""
    stairs = slope_along(drawn_town(), "hachiman", "八幡坂", "BE", "Hachiman-zaka")
    entry = replace(stairs.entry, photo=photo, photo_credit=credit, photo_licence="CC BY 4.0")
    write_area(builds, TOWN, slopes=[replace(stairs, entry=entry)])
    app.state.registry._entries.clear()  # noqa: SLF001 (rather than wait for its next look)


def test_a_photo_is_taken_in_and_only_staff_see_it(staff: SomeStaff, office: Office) -> None:
    someone, stranger = staff(), staff(None)
    photo = sent(someone, encoded("heic"))
    name = find_photo(TOWN, photo)
    assert name is not None
    assert {path.name for path in office.album.folder.iterdir()} == {name.file(size) for size in PhotoSize}
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in office.album.folder.iterdir())
    assert stranger.get(photo).status_code == 404
    assert stranger.get(f"{PHOTOS}/{name}").status_code == 303
    seen = someone.get(f"{PHOTOS}/{name}")
    assert (seen.headers["content-type"], seen.headers["cache-control"]) == ("image/jpeg", "no-store")
    assert Image.open(io.BytesIO(seen.content)).size == (800, 534)
    line = office.log.lines(area=TOWN)[0]
    assert (line.act, line.made_by, line.detail["file"]) == ("photo-added", "Editor", "photo.jpg")


def test_the_form_keeps_it_and_shows_it(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    photo = sent(someone, encoded("jpeg"))
    fields = dict(re.findall(r'<input[^>]* name="([\w-]+)" value="([^"]*)"', someone.get(VIEW).text))
    fields |= {"photo": photo, "photo_credit": "佐藤", "photo_licence": "CC BY 4.0"}
    assert someone.post(VIEW, fields).status_code == 303
    name = photo.rpartition("/")[2]
    assert f'src="{PHOTOS}/{name}"' in someone.get(VIEW).text
    assert f'src="{PHOTOS}/{name}"' in someone.get(f"{VIEW}/changes").text
    assert office.listing.all(TOWN)[0].has_photo
    checked = someone.post(f"/desk/{TOWN}/check/slopes", {**fields, "photo_credit": "", "photo_licence": ""}).text
    assert "Nobody is named for the photo" in checked
    assert "has no licence" in checked
    elsewhere = someone.post(f"/desk/{TOWN}/check/slopes", {**fields, "photo": "https://x.example/a.jpg"}).text
    assert "does not lie here" in elsewhere


def test_without_credit_and_licence_it_is_not_published(staff: SomeStaff, office: Office) -> None:
    someone = staff(Role.PUBLISHER)
    photo = sent(someone, encoded("webp"))
    entry = slope("mei", "名坂", lng_lat=(141.0006, 42.2998), sources=("s",), photo=photo)
    office.drafts.create(EDITOR, TOWN, entry)
    reply = someone.post(f"/desk/{TOWN}/slopes/mei/publish", {"act": "publish", "version": "1"})
    assert reply.status_code == 422
    assert "photo" in reply.text
    assert "mei" not in {each.id for each in office.publishing.public(TOWN).entries}


def test_visitors_see_what_is_published_in_every_size(app: Litestar, staff: SomeStaff, town_build: Path) -> None:
    photo, draft = sent(staff(), encoded("jpeg")), sent(staff(name="Kato"), encoded("png", two_halves(1000, 900)))
    show(app, town_build, photo)
    visitor = staff(None)
    reply = visitor.get(photo)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "image/jpeg"
    assert "immutable" in reply.headers["cache-control"]
    assert reply.headers["access-control-allow-origin"] == "*"
    assert visitor.get(photo, headers={"if-none-match": reply.headers["etag"]}).status_code == 304
    small = visitor.get(f"{photo}?size=400")
    assert Image.open(io.BytesIO(small.content)).size == (400, 267)
    assert visitor.get(f"{photo}?size=401").status_code == 400
    assert visitor.get(draft).status_code == 404
    for odd in ("x.jpg", "..%2Fdesk%2Fdesk.sqlite", "%2e%2e%2fdesk.sqlite", photo.rpartition("/")[2] + "%00"):
        assert visitor.get(f"/api/{TOWN}/photos/{odd}").status_code in {400, 404}
    feature = visitor.get(f"/api/{TOWN}/collections/slopes/items/hachiman").json()
    assert feature["properties"]["photo"] == photo
    page = visitor.get(f"/api/{TOWN}/collections/slopes/items/hachiman?f=html").text
    assert f'<img src="http://testserver.local{photo}?size=800"' in page
    assert f'property="og:image" content="http://testserver.local{photo}"' in page
    show(app, town_build, None)
    assert visitor.get(photo).status_code == 404, "what is taken back is seen by nobody"


def test_a_photo_of_another_server_is_asked_of_nobody(app: Litestar, staff: SomeStaff, town_build: Path) -> None:
    show(app, town_build, "https://tracker.example/pixel.gif")
    page = staff(None).get(f"/api/{TOWN}/collections/slopes/items/hachiman?f=html").text
    assert '<img src="https://tracker' not in page
    assert 'content="https://tracker' not in page


def test_it_is_printed_with_its_credit(app: Litestar, staff: SomeStaff, town_build: Path) -> None:
    address = f"/api/{TOWN}/tours/to-the-lookout/leaflet"
    show(app, town_build, sent(staff(), encoded("jpeg")))
    reply = staff(None).get(f"{address}?lang=ja")
    assert reply.status_code == 200
    with_it = PdfReader(io.BytesIO(reply.content))
    assert [image.image.size for page in with_it.pages for image in page.images if image.image] == [(800, 534)]
    assert "佐藤 (CC BY 4.0)" in "".join(page.extract_text() for page in with_it.pages)


@pytest.mark.parametrize(
    ("content", "said"),
    [(bomb(), "million pixels"), (b"<svg onload=alert(1)>", "no photo"), (b"GIF89a", "no photo")],
)
def test_what_is_no_photo_leaves_nothing(staff: SomeStaff, office: Office, content: bytes, said: str) -> None:
    reply = send(staff(), content, "<img src=x>.jpg")
    assert reply.status_code == 422
    assert said in reply.json()["problem"]
    assert not office.album.folder.exists()
    assert staff(name="Kato").post(PHOTOS).status_code == 422


def test_a_body_that_never_ends_is_cut_off(staff: SomeStaff) -> None:
    reply = send(staff(), bytes(MOST_BYTES + 100_000))
    assert reply.status_code == 413


def test_a_photo_of_another_site_is_not_taken(staff: SomeStaff, office: Office) -> None:
    someone = staff()
    files = {"file": ("a.jpg", encoded("jpeg"), "image/jpeg")}
    for headers in ({"x-desk-mark": "wrong"}, {"x-desk-mark": someone.mark, "origin": "https://evil.example"}):
        assert someone.client.post(PHOTOS, files=files, headers=headers).status_code == 403
    assert not office.album.folder.exists()


def test_what_nobody_uses_is_forgotten_after_a_week(staff: SomeStaff, office: Office, clock: Clock) -> None:
    someone = staff()
    used, unused = sent(someone, encoded("jpeg")), sent(someone, encoded("png", two_halves(900, 500)))
    office.drafts.create(EDITOR, TOWN, slope(photo=used))
    for path in office.album.folder.iterdir():
        os.utime(path, (clock.now.timestamp(), clock.now.timestamp()))
    clock.forward(days=6)
    assert office.album.forget_unused() == 0
    clock.forward(days=2)
    assert office.album.forget_unused() == 1
    found = {address: find_photo(TOWN, address) for address in (used, unused)}
    assert found[used] is not None
    assert found[unused] is not None
    assert office.album.find(found[used]) is not None
    assert office.album.find(found[unused]) is None


def test_a_backup_brings_photos_back(staff: SomeStaff, office: Office, tmp_path: Path) -> None:
    photo = sent(staff(), encoded("jpeg"))
    office.back_up(tmp_path / "backup.zip")
    before = {path.name: path.read_bytes() for path in office.album.folder.iterdir()}
    for path in office.album.folder.iterdir():
        path.unlink()
    office.restore(tmp_path / "backup.zip")
    assert {path.name: path.read_bytes() for path in office.album.folder.iterdir()} == before
    assert photo.rpartition("/")[2] in before
