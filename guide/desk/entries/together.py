"""Everything that waits to be published, and publishing many at once."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from litestar import Response, get, post
from litestar.response import Redirect

from guide.catalogue.workflow.history import Difference, differences
from guide.catalogue.workflow.people import Permission
from guide.catalogue.workflow.records import EntryRecord, Stage
from guide.checking import check_entry
from guide.desk.access import PERMISSION
from guide.desk.at import Typed
from guide.desk.entries.notices import known_ids
from guide.desk.forms import Form
from guide.desk.pages import go
from guide.desk.place import Place, PlaceDesk
from guide.domain.entry import EntryKind
from guide.domain.errors import DeskError
from guide.domain.findings import Finding, Severity

_CHOSEN: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]{0,99})@(\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An entry whose latest revision visitors do not see; ``blocked`` says what must be mended first."""

    record: EntryRecord
    differences: tuple[Difference, ...]
    blocked: str | None


@get("/{area_id:str}/publish", opt={PERMISSION: Permission.EDIT}, sync_to_thread=True)
def get_publish(place: Place) -> Response[bytes]:
    """What waits to be published."""
    return place.page("publish.html", waiting=list_waiting(place), problem=None)


@post("/{area_id:str}/publish", opt={PERMISSION: Permission.PUBLISH}, status_code=200)
async def post_publish_many(place: Place, form: Typed) -> Response[bytes] | Redirect:
    """Publish what was chosen: all of it or none."""
    return await asyncio.to_thread(_publish, place, form)


def list_waiting(place: PlaceDesk) -> list[Waiting]:
    """Every draft that differs from what visitors see, those in review in front."""
    listing, known = place.office.listing, known_ids(place)
    found = []
    for kind in EntryKind:
        shown = {record.key: entry for record, entry in listing.contents(place.id, kind, published=True)}
        for record, entry in listing.contents(place.id, kind, published=False):
            if record.stage not in {Stage.DRAFT, Stage.REVIEW}:
                continue
            found.append(
                Waiting(
                    record=record,
                    differences=tuple(differences(shown.get(record.key), entry)),
                    blocked=_blocked(check_entry(entry, known, place.ground), place.language),
                )
            )
    return sorted(found, key=lambda each: (each.record.stage is not Stage.REVIEW, -each.record.changed_at.timestamp()))


def _blocked(findings: Sequence[Finding], language: str) -> str | None:
    """The first thing that visitors must not see, in words."""
    grave = next((each for each in findings if each.severity is Severity.BLOCKING), None)
    return grave.message(language) if grave else None


def _publish(place: PlaceDesk, form: Form) -> Response[bytes] | Redirect:
    chosen = [found.groups() for text in form.texts("chosen") if (found := _CHOSEN.fullmatch(text))]
    try:
        done = place.office.publishing.publish(place.actor, place.id, {key: int(version) for key, version in chosen})
    except DeskError as error:
        return place.refused("publish.html", error, waiting=list_waiting(place))
    place.office.write_published()
    return go(place.path("publish"), "said.published-many", count=len(done.changes))
