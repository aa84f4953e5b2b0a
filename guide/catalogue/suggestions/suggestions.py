"""Suggestions from visitors: taken in within limits; made a draft with thanks, or refused with a reason."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from guide.catalogue.accounts.secrets import hash_of, new_secret
from guide.catalogue.plain_text import tidy, without_markup
from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import EntryRow, SuggestionRow
from guide.catalogue.suggestions.taken_up import with_suggestion
from guide.catalogue.suggestions.words import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_TEXT,
    About,
    State,
    Suggested,
    Suggestion,
)
from guide.catalogue.workflow.people import VISITOR, Actor, Permission
from guide.catalogue.workflow.records import EntryRecord, Origin, Stage
from guide.catalogue.workflow.rows import Doing, get_revision_row, to_record, to_revision
from guide.domain.entry import EntryKind
from guide.domain.errors import DeskError
from guide.domain.slope import CatalogueSlope

TOO_MANY: Final = "suggestion.too-many"
MOST_AN_HOUR: Final = 5
"""From one household."""

MOST_AN_HOUR_OF_AREA: Final = 100
"""From everybody together: more than that is no visitors."""

MOST_WAITING: Final = 2_000
_SENDER_FORGOTTEN_AFTER: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


class Suggestions:
    """The queue."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def take(self, area: str, suggested: Suggested, sender: str) -> str:
        """Take a suggestion in; gives a secret by which its sender may look what became of it.

        ``sender`` is the address that it came from; only its hash is kept, and that for a day.

        Raises:
            DeskError: nothing is said, too much is said, or it cannot be read as what it is about; ``TOO_MANY`` if
                this sender, or all together, have said enough for now.
        """
        suggested = _checked(suggested)
        secret, now = new_secret(), self._clock()
        with self._database.writing(area) as session:
            self._guard(session, area, hash_of(f"sender {sender}"), now)
            row = SuggestionRow(
                secret=hash_of(secret), area=area, key=suggested.key, name=suggested.name,
                about=suggested.about.value, text=suggested.text, thanks=suggested.thanks,
                language=suggested.language, sender=hash_of(f"sender {sender}"), state=State.WAITING.value,
                made_at=now,
            )  # fmt: skip
            session.add(row)
            session.flush()
            doing = Doing(session=session, actor=VISITOR, now=now)
            doing.log("suggested", area, suggested.key, suggestion=row.id, about=suggested.about.value)
        return secret

    def accept(
        self, actor: Actor, area: str, number: int, text: str, found: CatalogueSlope | None = None
    ) -> EntryRecord:
        """Make a suggestion a draft of its slope, with thanks among its sources.

        ``text`` is what is taken up, which may be better worded than what was sent; ``found`` is the slope as the map
        knows it, for one that the catalogue does not have.

        Raises:
            NotAllowedError: the actor may not.
            DeskError: it is answered already, its slope is gone, or ``text`` cannot be read as what it is about.
        """
        actor.require(Permission.EDIT)
        with self._database.writing(area) as session:
            row = _waiting(session, area, number)
            suggestion, doing = _to_suggestion(row), Doing(session=session, actor=actor, now=self._clock())
            thanks = suggestion.suggested.thanks
            entry_row = session.scalar(select(EntryRow).where(EntryRow.area == area, EntryRow.key == row.key))
            if entry_row is not None and entry_row.kind == EntryKind.SLOPE.value:
                entry = to_revision(EntryKind.SLOPE, get_revision_row(session, entry_row, entry_row.head)).entry
                assert isinstance(entry, CatalogueSlope)  # noqa: S101 (its kind says so)
                doing.change_content(entry_row, with_suggestion(entry, suggestion, text), Origin.SUGGESTED, thanks)
            elif found is not None and entry_row is None:
                entry_row = doing.add_entry(
                    area, with_suggestion(found, suggestion, text), Origin.SUGGESTED, Stage.DRAFT
                )
            else:
                raise DeskError("suggestion.slope-gone", name=row.name)
            row.state, row.number = State.ACCEPTED.value, entry_row.head
            row.answered_at, row.answered_by = doing.now, actor.name
            doing.log("suggestion-accepted", area, row.key, suggestion=row.id, number=entry_row.head)
            return to_record(entry_row)

    def refuse(self, actor: Actor, area: str, number: int, reason: str) -> None:
        """Say why a suggestion is not taken up; its sender may read it.

        Raises:
            NotAllowedError: the actor may not.
            DeskError: nothing is said, or it is answered already.
        """
        actor.require(Permission.EDIT)
        reason = without_markup(tidy(reason)).strip()[:LONGEST_REASON]
        if not reason:
            raise DeskError("suggestion.say-why")
        with self._database.writing(area) as session:
            row = _waiting(session, area, number)
            doing = Doing(session=session, actor=actor, now=self._clock())
            row.state, row.reason = State.REFUSED.value, reason
            row.answered_at, row.answered_by = doing.now, actor.name
            doing.log("suggestion-refused", area, row.key, suggestion=row.id, reason=reason)

    def list(self, area: str, states: Sequence[State], limit: int) -> list[Suggestion]:
        """Those in some states, the latest first."""
        some = SuggestionRow.state.in_([state.value for state in states])
        query = select(SuggestionRow).where(SuggestionRow.area == area, some)
        with self._database.reading() as session:
            rows = session.scalars(query.order_by(SuggestionRow.id.desc()).limit(limit))
            return [_to_suggestion(row) for row in rows]

    def get(self, area: str, number: int) -> Suggestion:
        """One of them.

        Raises:
            DeskError: there is none of that number.
        """
        with self._database.reading() as session:
            return _to_suggestion(_get(session, area, number))

    def count_waiting(self, area: str) -> int:
        """How many wait for an answer."""
        waiting = (SuggestionRow.area == area) & (SuggestionRow.state == State.WAITING.value)
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(SuggestionRow).where(waiting)) or 0

    def find_by_secret(self, area: str, secret: str) -> Suggestion | None:
        """The suggestion of whoever has its secret."""
        one = (SuggestionRow.area == area) & (SuggestionRow.secret == hash_of(secret))
        with self._database.reading() as session:
            row = session.scalar(select(SuggestionRow).where(one))
            return _to_suggestion(row) if row is not None else None

    def forget_senders(self) -> None:
        """Forget where suggestions of yesterday came from."""
        with self._database.writing("suggestions") as session:
            _forget_senders(session, self._clock())

    def _guard(self, session: Session, area: str, sender: str, now: datetime) -> None:
        _forget_senders(session, now)
        recent = (SuggestionRow.area == area) & (SuggestionRow.made_at > now - _HOUR)
        count = select(func.count()).select_from(SuggestionRow)
        of_sender = (SuggestionRow.sender == sender) & (SuggestionRow.made_at > now - _HOUR)
        waiting = (SuggestionRow.area == area) & (SuggestionRow.state == State.WAITING.value)
        for some, most in ((of_sender, MOST_AN_HOUR), (recent, MOST_AN_HOUR_OF_AREA), (waiting, MOST_WAITING)):
            if (session.scalar(count.where(some)) or 0) >= most:
                raise DeskError(TOO_MANY)


def _forget_senders(session: Session, now: datetime) -> None:
    old = SuggestionRow.sender.is_not(None) & (SuggestionRow.made_at < now - _SENDER_FORGOTTEN_AFTER)
    session.execute(update(SuggestionRow).where(old).values(sender=None))


def _checked(suggested: Suggested) -> Suggested:
    """What is kept of it: plain text within limits, readable as what it is about."""
    text = without_markup(tidy(suggested.text)).strip()
    thanks = " ".join(without_markup(tidy(suggested.thanks or "")).split())
    if not text:
        raise DeskError("suggestion.empty")
    if len(text) > LONGEST_TEXT:
        raise DeskError("suggestion.too-long", most=LONGEST_TEXT)
    if len(thanks) > LONGEST_NAME:
        raise DeskError("suggestion.name-too-long", most=LONGEST_NAME)
    kept = Suggested(
        key=suggested.key, name=suggested.name, about=suggested.about, text=text, thanks=thanks or None,
        language=suggested.language,
    )  # fmt: skip
    trial = Suggestion(id=0, area="", suggested=kept, state=State.WAITING, made_at=datetime.min)  # noqa: DTZ901 (never shown)
    with_suggestion(CatalogueSlope(id=suggested.key, name=suggested.name), trial, text)
    return kept


def _get(session: Session, area: str, number: int) -> SuggestionRow:
    row = session.get(SuggestionRow, number)
    if row is None or row.area != area:
        raise DeskError("suggestion.unknown")
    return row


def _waiting(session: Session, area: str, number: int) -> SuggestionRow:
    row = _get(session, area, number)
    if row.state != State.WAITING.value:
        raise DeskError("suggestion.answered", by=row.answered_by or "")
    return row


def _to_suggestion(row: SuggestionRow) -> Suggestion:
    return Suggestion(
        id=row.id,
        area=row.area,
        suggested=Suggested(
            key=row.key, name=row.name, about=About(row.about), text=row.text, thanks=row.thanks,
            language=row.language,
        ),
        state=State(row.state),
        made_at=row.made_at,
        reason=row.reason,
        number=row.number,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
    )  # fmt: skip
