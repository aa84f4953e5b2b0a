"""A photo chosen in a form: taken in at once, so that the form itself stays small and shows what it will say."""

import asyncio
from typing import Final

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from guide.catalogue.photos.develop import MOST_BYTES
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.place import Place
from guide.desk.problems import status_of
from guide.domain.errors import DeskError
from guide.domain.photo import PhotoSize, find_photo_name
from guide.http.replies import encoded_reply, private_reply

FILE: Final = "file"
_FORM_AROUND: Final = 64 * 1024


@post(
    "/{area_id:str}/photos",
    opt={PERMISSION: Permission.EDIT},
    status_code=200,
    request_max_body_size=MOST_BYTES + _FORM_AROUND,
)
async def post_photo(place: Place, form: Typed) -> Response[bytes]:
    """Take a photo in; tells its address, or what is wrong with it."""
    file = form.file(FILE)
    try:
        if file is None:
            raise DeskError("photo.none")  # noqa: TRY301 (said like all that is wrong with a photo)
        content = await file.read()
        album = place.office.album
        address = await asyncio.to_thread(album.add, place.actor, place.id, content, file.filename or "")
    except DeskError as error:
        reply = private_reply({"problem": error.said(place.language)})
        reply.status_code = status_of(error)
        return reply
    return private_reply({"photo": address})


@get("/{area_id:str}/photos/{photo:str}", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_desk_photo(place: Place, photo: FromPath[str]) -> Response[bytes]:
    """A photo for staff, whether visitors see it or not."""
    name = find_photo_name(photo)
    path = place.office.album.find(name, PhotoSize.MEDIUM) if name else None
    if path is None:
        raise NotFoundException
    return encoded_reply(path.read_bytes(), media_type="image/jpeg")
