"""The list as a page: by topic, each thing leading to its field, put aside with a reason and back again."""

import asyncio
import re
from collections import Counter
from typing import Annotated, Any, Final

from litestar import Response, get, post
from litestar.params import QueryParameter
from litestar.response import Redirect

from guide.catalogue.workflow.dismissals import LONGEST_REASON, FindingId
from guide.catalogue.workflow.people import Permission
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.forms import Form
from guide.desk.pages import go
from guide.desk.place import Place, PlaceDesk
from guide.desk.todo.collect import collect
from guide.desk.todo.topics import Topic
from guide.domain.errors import DeskError

_MOST_SHOWN: Final = 200
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
_CODE: Final = re.compile(r"[a-z.-]{1,60}")
_MARK: Final = re.compile(r"[0-9a-f]{32}")

Asked = Annotated[Topic | None, QueryParameter(description="a topic")]


@get("/{area_id:str}/todo", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_todo(place: Place, topic: Asked = None) -> Response[bytes]:
    """What is to be done, or that of one topic."""
    return place.page("todo.html", problem=None, **_list(place, topic))


@post("/{area_id:str}/todo", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_todo(place: Place, form: Typed) -> Response[bytes] | Redirect:
    """Put one thing aside, or back."""
    return await asyncio.to_thread(_answer, place, form)


def _answer(place: PlaceDesk, form: Form) -> Response[bytes] | Redirect:
    dismissals = place.office.dismissals
    topic = Topic(form.text("topic")) if form.text("topic") in set(Topic) else None
    back = f"{place.path('todo')}{f'?topic={topic}' if topic else ''}"
    try:
        finding = _finding(form)
        if form.text("act") == "back":
            dismissals.take_back(place.actor, place.id, finding)
            return go(back, "said.finding-back")
        dismissals.dismiss(place.actor, place.id, finding, form.text("reason"))
    except DeskError as error:
        return place.refused("todo.html", error, **_list(place, topic))
    return go(back, "said.finding-dismissed")


def _finding(form: Form) -> FindingId:
    found = FindingId(key=form.text("key"), code=form.text("code"), mark=form.text("mark-of"))
    if not (_KEY.fullmatch(found.key) and _CODE.fullmatch(found.code) and _MARK.fullmatch(found.mark)):
        raise DeskError("entry.unreadable")
    return found


def _list(place: PlaceDesk, topic: Topic | None) -> dict[str, Any]:
    every = collect(place)
    open_ = [each for each in every if each.dismissal is None]
    shown = [each for each in open_ if topic in {None, each.topic}]
    return {
        "topic": topic,
        "topics": list(Topic),
        "counts": Counter(each.topic for each in open_),
        "total": len(open_),
        "shown": shown[:_MOST_SHOWN],
        "more": max(0, len(shown) - _MOST_SHOWN),
        "dismissed": [each for each in every if each.dismissal is not None][:_MOST_SHOWN],
        "longest": LONGEST_REASON,
    }
