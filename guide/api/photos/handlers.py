"""A photo by its address, which holds for ever: other pixels would have another name."""

from typing import Annotated, Final, Literal

from litestar import Response, get
from litestar.datastructures import State
from litestar.params import FromPath, QueryParameter

from guide.api.areas.inputs import Area
from guide.areas.served import ServedArea
from guide.domain.errors import NotFoundError
from guide.domain.photo import PhotoName, PhotoSize, find_photo, find_photo_name
from guide.http.described import gives
from guide.http.replies import A_YEAR, bytes_reply
from guide.settings import Settings

JPEG: Final = "image/jpeg"

Size = Annotated[Literal[400, 800, 1600], QueryParameter(description="its longer side in pixels, at most")]
"""The values of ``PhotoSize``, which the framework would describe as words."""


@get(
    "/api/{area_id:str}/photos/{photo:str}",
    summary="A photo of a slope or a landmark / 坂や見どころの写真",
    sync_to_thread=True,
    opt=gives({JPEG: None}, errors=(400, 404)),
)
def get_photo(state: State, area: Area, photo: FromPath[str], size: Size = 1600) -> Response[bytes]:
    """What a slope or a landmark names as its ``photo``, in one of three sizes; its credit stands there too."""
    name = find_photo_name(photo)
    settings: Settings = state.settings
    # What only a draft shows is nobody's business, so it is asked of the build and not of the disc.
    if name is not None and name in shown_photos(area):
        content = read_photo(settings, name, PhotoSize(size))
        if content is not None:
            return bytes_reply(content, media_type=JPEG, max_age_s=A_YEAR)
    raise NotFoundError(f"{area.id} shows no photo of that name. Photos stand in the field photo of slopes.")


def shown_photos(area: ServedArea) -> frozenset[PhotoName]:
    """The photos that an area's slopes and landmarks show, of those on our own server."""

    def find() -> frozenset[PhotoName]:
        shown = [slope.entry.photo for slope in area.slopes.values()]
        shown += [landmark.photo for landmark in area.landmarks.values()]
        return frozenset(name for address in shown if (name := find_photo(area.id, address)) is not None)

    return area.once("photos", find)


def read_photo(settings: Settings, name: PhotoName, size: PhotoSize) -> bytes | None:
    """The picture, if its file is there."""
    try:
        return (settings.photos / name.file(size)).read_bytes()
    except OSError:
        return None
