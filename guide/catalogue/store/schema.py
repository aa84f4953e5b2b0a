"""The tables of the catalogue's database.

An entry is a slope, a landmark, a tour or a closure for as long as the database lives: its row is never deleted, so its
id is never used again. What is said of it are its revisions, which are only ever added; the entry points to the latest
one and to the one that is published.
"""

from datetime import datetime
from typing import Any, Final

from advanced_alchemy.base import DefaultBase
from sqlalchemy import ForeignKey, Identity, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

AREA_CHARACTERS: Final = 64
KEY_CHARACTERS: Final = 100
WORD_CHARACTERS: Final = 16
NAME_CHARACTERS: Final = 200
HASH_CHARACTERS: Final = 64
PASSING: Final = {"passing": True}
"""Marks tables that no backup needs to bring back."""

Json = dict[str, Any]


class AreaRow(DefaultBase):
    """An area whose catalogue is kept here; ``publication`` is what visitors are to see."""

    __tablename__ = "areas"

    id: Mapped[str] = mapped_column(String(AREA_CHARACTERS), primary_key=True)
    publication: Mapped[str | None] = mapped_column(String(WORD_CHARACTERS * 2))
    seeded_at: Mapped[datetime]


class EntryRow(DefaultBase):
    """An entry. ``head`` and ``published`` are numbers of its revisions; ``version`` counts every change of this row.

    At ``publish_at`` the revision ``publish_number`` becomes the published one, as ``publish_by`` has asked.
    The columns from ``name`` on repeat what the head says, so that lists need not open it.
    """

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("area", "key", name="uq_entries_key"),
        Index("ix_entries_list", "area", "kind", "sort_key"),
        Index("ix_entries_publish_at", "publish_at"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    area: Mapped[str] = mapped_column(ForeignKey("areas.id"))
    kind: Mapped[str] = mapped_column(String(WORD_CHARACTERS))
    key: Mapped[str] = mapped_column(String(KEY_CHARACTERS))
    stage: Mapped[str] = mapped_column(String(WORD_CHARACTERS))
    head: Mapped[int]
    published: Mapped[int | None]
    publish_at: Mapped[datetime | None]
    publish_number: Mapped[int | None]
    publish_by: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS))
    version: Mapped[int]
    name: Mapped[str] = mapped_column(Text)
    reading: Mapped[str | None] = mapped_column(Text)
    sort_key: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
    has_place: Mapped[bool]
    has_story: Mapped[bool]
    has_photo: Mapped[bool]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(NAME_CHARACTERS))


class RevisionRow(DefaultBase):
    """What was said of an entry at one time: only added, never changed (the database itself refuses)."""

    __tablename__ = "revisions"

    entry: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[Json]
    origin: Mapped[str] = mapped_column(String(WORD_CHARACTERS))
    note: Mapped[str | None] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(NAME_CHARACTERS))


class CommentRow(DefaultBase):
    """What somebody wrote about a revision while it was looked over."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_entry", "entry"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    entry: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    number: Mapped[int]
    act: Mapped[str] = mapped_column(String(WORD_CHARACTERS))
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(NAME_CHARACTERS))


class PublicationRow(DefaultBase):
    """One act of publishing: what visitors see from then on. ``changes`` lists entries with their revisions."""

    __tablename__ = "publications"
    __table_args__ = (Index("ix_publications_area", "area", "made_at"),)

    id: Mapped[str] = mapped_column(String(WORD_CHARACTERS * 2), primary_key=True)
    area: Mapped[str] = mapped_column(ForeignKey("areas.id"))
    changes: Mapped[Json]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(NAME_CHARACTERS))


class LogRow(DefaultBase):
    """Who did what when: only added (the database itself refuses everything else)."""

    __tablename__ = "log"
    __table_args__ = (Index("ix_log_entry", "area", "key"), Index("ix_log_made_at", "made_at"))

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    act: Mapped[str] = mapped_column(String(WORD_CHARACTERS * 2))
    area: Mapped[str | None] = mapped_column(String(AREA_CHARACTERS))
    key: Mapped[str | None] = mapped_column(String(KEY_CHARACTERS))
    detail: Mapped[Json]


class AccountRow(DefaultBase):
    """Somebody who may sign in. ``login`` is the name as it is compared; without a password nobody signs in."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("login", name="uq_accounts_login"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    login: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
    email: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS * 2))
    role: Mapped[str] = mapped_column(String(WORD_CHARACTERS))
    active: Mapped[bool]
    password: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS))
    password_at: Mapped[datetime | None]
    made_at: Mapped[datetime]


class SessionRow(DefaultBase):
    """Somebody signed in with a browser, known by the hash of what its cookie holds."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_account", "account"), {"info": PASSING})

    id: Mapped[str] = mapped_column(String(HASH_CHARACTERS), primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    agent: Mapped[str] = mapped_column(String(NAME_CHARACTERS))


class LinkRow(DefaultBase):
    """A link of one use to choose a password with, known by the hash of its last part."""

    __tablename__ = "links"
    __table_args__ = (Index("ix_links_account", "account"), {"info": PASSING})

    id: Mapped[str] = mapped_column(String(HASH_CHARACTERS), primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class AttemptRow(DefaultBase):
    """Attempts to sign in that failed, by what they have in common: a name, or an address. Both are hashed."""

    __tablename__ = "attempts"
    __table_args__ = ({"info": PASSING},)

    id: Mapped[str] = mapped_column(String(HASH_CHARACTERS), primary_key=True)
    failures: Mapped[int]
    until: Mapped[datetime]


class PresenceRow(DefaultBase):
    """Somebody who has the form of an entry open, and when their page last said so."""

    __tablename__ = "presence"
    __table_args__ = ({"info": PASSING},)

    area: Mapped[str] = mapped_column(String(AREA_CHARACTERS), primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_CHARACTERS), primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARACTERS), primary_key=True)
    seen_at: Mapped[datetime]


class SuggestionRow(DefaultBase):
    """What a visitor suggests for a slope. ``secret`` is the hash of what shows its sender the answer.

    ``sender`` is a hash of where it came from, kept for a day to hold back floods.
    """

    __tablename__ = "suggestions"
    __table_args__ = (
        UniqueConstraint("secret", name="uq_suggestions_secret"),
        Index("ix_suggestions_area", "area", "state"),
        Index("ix_suggestions_sender", "sender"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    secret: Mapped[str] = mapped_column(String(HASH_CHARACTERS))
    area: Mapped[str] = mapped_column(ForeignKey("areas.id"))
    key: Mapped[str] = mapped_column(String(KEY_CHARACTERS))
    name: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(String(WORD_CHARACTERS * 2))
    text: Mapped[str] = mapped_column(Text)
    thanks: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS))
    language: Mapped[str] = mapped_column(String(WORD_CHARACTERS))
    sender: Mapped[str | None] = mapped_column(String(HASH_CHARACTERS))
    state: Mapped[str] = mapped_column(String(WORD_CHARACTERS))
    reason: Mapped[str | None] = mapped_column(Text)
    number: Mapped[int | None]
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None] = mapped_column(String(NAME_CHARACTERS))


class DismissalRow(DefaultBase):
    """A finding that staff have put aside, and why. ``mark`` is of what it said: a new one of the kind is shown."""

    __tablename__ = "dismissals"

    area: Mapped[str] = mapped_column(ForeignKey("areas.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(KEY_CHARACTERS), primary_key=True)
    code: Mapped[str] = mapped_column(String(KEY_CHARACTERS), primary_key=True)
    mark: Mapped[str] = mapped_column(String(HASH_CHARACTERS), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(NAME_CHARACTERS))
