"""Files that staff have dropped, kept until they are applied or put away: what is looked at is what is applied."""

import re
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from guide.catalogue.workflow.people import Actor, Permission
from guide.domain.entry import EntryKind
from guide.domain.errors import DeskError
from guide.files import write_whole

LASTS: Final = timedelta(days=2)
_ASIDE: Final = ".arriving-"
_ABOUT: Final = "about.json"
_LEFT_OUT: Final = "left-out.json"
_TABLE: Final = "table"
_TOKEN: Final = re.compile(r"[0-9a-f]{32}")
_LONGEST_NAME: Final = 60


class SaidOfFile(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says of a file: what its rows are, if they know better than its columns, and whose they are."""

    kind: EntryKind | None = None
    credit: str = ""
    licence: str = ""


class DroppedFile(SaidOfFile, frozen=True, kw_only=True):
    """A file on the shelf: for which area it is, how its sender calls it, and what they said of it."""

    token: str
    area: str
    name: str
    made_by: str
    made_at: datetime


class Shelf:
    """A folder of dropped files; each is whole or not there, and gone after two days."""

    def __init__(self, folder: Path, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._clock = clock

    def put(self, actor: Actor, area: str, name: str, content: bytes, said: SaidOfFile) -> DroppedFile:
        """Keep a file.

        Raises:
            NotAllowedError: the actor may not.
            OSError: the disc is full, or not writable.
        """
        actor.require(Permission.EDIT)
        self._tidy()
        dropped = DroppedFile(
            token=secrets.token_hex(16), area=area, name=_plain(name), made_by=actor.name, made_at=self._clock(),
            kind=said.kind, credit=said.credit, licence=said.licence,
        )  # fmt: skip
        self._folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=self._folder))
        try:
            (aside / _TABLE).mkdir()
            (aside / _TABLE / dropped.name).write_bytes(content)
            (aside / _ABOUT).write_bytes(msgspec.json.encode(dropped))
            aside.rename(self._folder / dropped.token)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
        return dropped

    def get(self, area: str, token: str) -> DroppedFile:
        """A file of an area.

        Raises:
            DeskError: it is not there, or no longer.
        """
        dropped = self._find(token) if _TOKEN.fullmatch(token) else None
        if dropped is None or dropped.area != area:
            raise DeskError("table.gone")
        return dropped

    def list(self, area: str) -> list[DroppedFile]:
        """The files of an area, the newest first."""
        found = [self._find(path.name) for path in self._folder.glob("*") if _TOKEN.fullmatch(path.name)]
        here = [dropped for dropped in found if dropped is not None and dropped.area == area]
        return sorted(here, key=lambda dropped: dropped.made_at, reverse=True)

    def path(self, dropped: DroppedFile) -> Path:
        """Where its content lies, under its own name."""
        return self._folder / dropped.token / _TABLE / dropped.name

    def left_out(self, dropped: DroppedFile) -> frozenset[str]:
        """The rows that are not to be applied."""
        try:
            return frozenset(
                msgspec.json.decode((self._folder / dropped.token / _LEFT_OUT).read_bytes(), type=set[str])
            )
        except (OSError, msgspec.MsgspecError):
            return frozenset()

    def leave_out(self, dropped: DroppedFile, rows: Iterable[str]) -> None:
        """Remember which rows are not to be applied."""
        write_whole(self._folder / dropped.token / _LEFT_OUT, msgspec.json.encode(sorted(rows)))

    def drop(self, dropped: DroppedFile) -> None:
        """Put a file away for good."""
        shutil.rmtree(self._folder / dropped.token, ignore_errors=True)

    def _find(self, token: str) -> DroppedFile | None:
        try:
            dropped = msgspec.json.decode((self._folder / token / _ABOUT).read_bytes(), type=DroppedFile)
        except (OSError, msgspec.MsgspecError):
            return None
        return dropped if self._clock() - dropped.made_at <= LASTS else None

    def _tidy(self) -> None:
        """Take away what is too old, and what dead writers left."""
        oldest = (self._clock() - LASTS).timestamp()
        for path in [*self._folder.glob(f"{_ASIDE}*"), *self._folder.glob("[0-9a-f]*")]:
            if path.stat().st_mtime < oldest:
                shutil.rmtree(path, ignore_errors=True)


def _plain(name: str) -> str:
    """A file's name without what could lead elsewhere, its ending kept."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = re.sub(r"[^\w.()（）・ -]", "_", last).strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    short = stem[:_LONGEST_NAME].strip(" .") or "table"
    return f"{short}.{ending[:8]}" if ending else short
