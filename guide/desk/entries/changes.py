"""What an entry's draft changes for visitors, what people say of it, and letting it through."""

import asyncio
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from guide.catalogue.moments import read_moment
from guide.catalogue.workflow.history import differences
from guide.catalogue.workflow.people import Permission
from guide.catalogue.workflow.records import EntryRecord
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.entries.finding import entry_path, find_entry, seen_version
from guide.desk.entries.lists import kind_of_path
from guide.desk.entries.notices import by_field, check
from guide.desk.entries.shapes import shape_text
from guide.desk.forms import Form
from guide.desk.pages import go
from guide.desk.place import Place, PlaceDesk
from guide.domain.entry import Entry
from guide.domain.errors import ConflictError, DeskError
from guide.domain.findings import Severity


@get("/{area_id:str}/{kind:str}/{key:str}/changes", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_changes(place: Place, kind: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    """What would change for visitors, on the map too, and what was said of it."""
    record, entry = find_entry(place, kind_of_path(kind), key)
    return place.page("changes.html", problem=None, **_changes(place, record, entry))


@post("/{area_id:str}/{kind:str}/{key:str}/review", opt={PERMISSION: Permission.EDIT}, status_code=200)
async def post_review(place: Place, kind: FromPath[str], key: FromPath[str], form: Typed) -> Response[bytes] | Redirect:
    """Ask for a review, hand back, or say something."""
    return await asyncio.to_thread(_review, place, kind, key, form)


@post("/{area_id:str}/{kind:str}/{key:str}/publish", opt={PERMISSION: Permission.PUBLISH}, status_code=200)
async def post_publish(
    place: Place, kind: FromPath[str], key: FromPath[str], form: Typed
) -> Response[bytes] | Redirect:
    """Publish, now or at a date; take back; put away."""
    return await asyncio.to_thread(_publish, place, kind, key, form)


def _review(place: PlaceDesk, kind: str, key: str, form: Form) -> Response[bytes] | Redirect:
    record, entry = find_entry(place, kind_of_path(kind), key)
    review, version, text = place.office.review, seen_version(place, form), form.text("text")
    try:
        match form.text("act"):
            case "submit":
                review.submit(place.actor, place.id, key, version, text)
                said = "said.submitted"
            case "return":
                review.hand_back(place.actor, place.id, key, version, text)
                said = "said.returned"
            case _:
                review.comment(place.actor, place.id, key, text)
                said = "said.commented"
    except DeskError as error:
        return place.refused("changes.html", error, **{**_changes(place, record, entry), "text": text})
    return go(entry_path(place, record, "changes"), said, name=record.name)


def _publish(place: PlaceDesk, kind: str, key: str, form: Form) -> Response[bytes] | Redirect:
    record, entry = find_entry(place, kind_of_path(kind), key)
    try:
        said = _act(place, record, form)
    except ConflictError as error:
        return place.refused("changes.html", error, **_changes(place, *find_entry(place, record.kind, key)))
    except DeskError as error:
        return place.refused("changes.html", error, **_changes(place, record, entry))
    place.office.write_published()
    return go(entry_path(place, record, "changes"), said, name=record.name)


def _act(place: PlaceDesk, record: EntryRecord, form: Form) -> str:
    publishing, actor, version = place.office.publishing, place.actor, seen_version(place, form)
    match form.text("act"):
        case "publish":
            publishing.publish(actor, place.id, {record.key: version})
            return "said.published"
        case "schedule":
            publishing.schedule(actor, place.id, record.key, version, _moment(place, form))
            return "said.scheduled"
        case "unschedule":
            publishing.schedule(actor, place.id, record.key, version, None)
            return "said.unscheduled"
        case "unpublish":
            publishing.unpublish(actor, place.id, {record.key: version})
            return "said.unpublished"
        case "archive":
            publishing.archive(actor, place.id, record.key, version)
            return "said.archived"
        case _:
            raise DeskError("entry.unreadable")


def _moment(place: PlaceDesk, form: Form) -> datetime:
    """The moment that a form names, on the area's clock."""
    try:
        moment = read_moment(f"{form.text('day')} {form.text('time')}".strip())
    except ValueError:
        raise DeskError("desk.no-date") from None
    return moment.replace(tzinfo=place.zone)


def _changes(place: PlaceDesk, record: EntryRecord, entry: Entry) -> dict[str, Any]:
    history = place.office.history
    shown = None
    if record.published is not None:
        shown = history.get_revision(place.id, record.key, record.published).entry
    findings = check(place, entry)
    return {
        "text": "",
        "kind": record.kind,
        "record": record,
        "entry": entry,
        "shown": shown,
        "differences": differences(shown, entry),
        "before_place": shape_text(place, shown),
        "after_place": shape_text(place, entry),
        "comments": place.office.review.list_comments(place.id, record.key),
        "notices": by_field(findings, place.language),
        "blocking": any(finding.severity is Severity.BLOCKING for finding in findings),
    }
