"""Review: a draft shown to somebody else, talked about, and handed back or let through."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from guide.catalogue.plain_text import without_markup
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import CommentRow
from guide.catalogue.workflow.people import Actor, Permission
from guide.catalogue.workflow.records import Comment, EntryRecord, Stage
from guide.catalogue.workflow.rows import Doing, get_row, get_row_at, to_record
from guide.domain.errors import DeskError

LONGEST_COMMENT = 2_000


class Review:
    """What people say of a draft."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def submit(self, actor: Actor, area: str, key: str, version: int, text: str = "") -> EntryRecord:
        """Ask for a look at a draft.

        Raises:
            NotAllowedError, UnknownEntryError: as their names say.
            ConflictError: the draft has changed since ``version``.
            DeskError: it is no draft.
        """
        return self._move(actor, area, key, version, (Stage.DRAFT, Stage.REVIEW, "submitted", text))

    def hand_back(self, actor: Actor, area: str, key: str, version: int, text: str) -> EntryRecord:
        """Ask for changes; why must be said.

        Raises:
            NotAllowedError, UnknownEntryError, ConflictError: as ``submit``.
            DeskError: nothing is said, or it is not in review.
        """
        if not text.strip():
            raise DeskError("desk.say-why")
        return self._move(actor, area, key, version, (Stage.REVIEW, Stage.DRAFT, "returned", text))

    def comment(self, actor: Actor, area: str, key: str, text: str) -> None:
        """Say something of the latest revision.

        Raises:
            NotAllowedError, UnknownEntryError: as ``submit``.
            DeskError: nothing is said.
        """
        actor.require(Permission.EDIT)
        if not text.strip():
            raise DeskError("desk.say-something")
        with self._database.writing(area) as session:
            row = get_row(session, area, key)
            doing = Doing(session=session, actor=actor, now=self._clock())
            _say(doing, row.id, row.head, "comment", text)
            doing.log("commented", area, key)

    def list_comments(self, area: str, key: str) -> list[Comment]:
        """What was said, the oldest first.

        Raises:
            UnknownEntryError: there is no entry of that id.
        """
        with self._database.reading() as session:
            row = get_row(session, area, key)
            said = session.scalars(select(CommentRow).where(CommentRow.entry == row.id).order_by(CommentRow.id))
            return [
                Comment(number=each.number, act=each.act, text=each.text, made_at=each.made_at, made_by=each.made_by)
                for each in said
            ]

    def _move(
        self, actor: Actor, area: str, key: str, version: int, step: tuple[Stage, Stage, str, str]
    ) -> EntryRecord:
        actor.require(Permission.EDIT)
        before, after, act, text = step
        with self._database.writing(area) as session:
            row = get_row_at(session, area, key, version)
            if row.stage != before:
                raise DeskError(f"desk.not-{before}", name=row.name)
            doing = Doing(session=session, actor=actor, now=self._clock())
            row.stage = after.value
            doing.touch(row)
            _say(doing, row.id, row.head, act, text)
            doing.log(act, area, key)
            return to_record(row)


def _say(doing: Doing, entry: int, number: int, act: str, text: str) -> None:
    text = without_markup(text).strip()[:LONGEST_COMMENT]
    doing.session.add(
        CommentRow(entry=entry, number=number, act=act, text=text, made_at=doing.now, made_by=doing.actor.name)
    )
