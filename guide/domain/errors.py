"""Everything that can go wrong, as one small tree.

GuideError
├── UsageError          the request or the command is worded wrongly
├── UnknownAreaError    no such area
├── NotFoundError       no such slope, landmark, tileset, …
├── SourceError         an input file or download is missing, broken or of another kind
│   └── UnreadableTableError  somebody's table; in the reader's language
├── BuildError          an area could not be built (disc full, …)
│   └── BuildRunningError   another build of the area is running
├── NotBuiltError       the area is known, but this part of it has not been built
├── NotInstalledError   the machine lacks something that this needs
├── LineError           a line is longer than a request may be, or has no length
├── StoreError          the catalogue's database cannot be used
├── DepotError          the place where builds lie for many machines cannot be reached, or is full
├── DeskError           something that staff asked for cannot be done; in the reader's language
│   ├── NotAllowedError     the account may not do it
│   ├── UnknownEntryError   no such slope, landmark, tour or closure at the desk
│   └── ConflictError       somebody else changed it first
├── BusyError           too many ask for the same at once
└── RouteError          no walk can be given
    ├── SnapError       a stop is too far from any street
    ├── NoWayError      no way joins two stops
    └── NothingFitsError  no tour keeps all that was wished for; says what would have to give

A message is one plain sentence (or two) that says what is wrong, where, and what to do next.
It is shown to people as it is, so it holds no secrets and no traces.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from guide.domain.findings import Finding
from guide.domain.texts import say

if TYPE_CHECKING:
    from guide.domain.planned_tour import Change


class GuideError(Exception):
    """The root: its message is meant for the person who asked."""

    @property
    def message(self) -> str:
        """The sentence for the reader."""
        return str(self)


class UsageError(GuideError):
    """A request or a command that is worded wrongly."""


class UnknownAreaError(GuideError):
    """No area of that name."""


class NotFoundError(GuideError):
    """No thing of that name in the area."""


class SourceError(GuideError):
    """An input is missing, broken or of another kind than promised."""


class UnreadableTableError(SourceError):
    """Somebody's table cannot be read at all: a key among the texts, which says why in the reader's language.

    A value that differs between languages is given for each.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """The sentence in "ja" or "en"."""
        values = {name: value[language] if isinstance(value, Mapping) else value for name, value in self.values.items()}
        return say(language, self.code, **values)


class BuildError(GuideError):
    """An area could not be built; what was served before still is."""


class BuildRunningError(BuildError):
    """Another build of the same area is running."""


class NotBuiltError(GuideError):
    """The area is known, but this part of it has not been built."""


class NotInstalledError(GuideError):
    """The machine lacks something that this needs, such as a font."""


class LineError(GuideError):
    """A line that cannot be measured: too many points, too long, or without length."""


class StoreError(GuideError):
    """The catalogue's database is locked, gone, or of another program's shape."""


class DepotError(GuideError):
    """The bucket or shared folder of builds cannot be reached, refuses, is full, or lacks what it should have."""


class DeskError(GuideError):
    """Something that staff asked for cannot be done: a key among the texts, which says why in the reader's language.

    A value that is a finding stands in the sentence as its own sentence.
    """

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(self.said("en"))

    def said(self, language: str) -> str:
        """The sentence in "ja" or "en"."""
        values = {
            name: value.message(language) if isinstance(value, Finding) else value
            for name, value in self.values.items()
        }
        return say(language, self.code, **values)


class NotAllowedError(DeskError):
    """The account may not do that."""


class UnknownEntryError(DeskError):
    """No slope, landmark, tour or closure of that id at the desk."""


class ConflictError(DeskError):
    """Somebody else changed it since it was read; ``version`` is the one that it has now."""

    def __init__(self, code: str, version: int, **values: object) -> None:
        super().__init__(code, **values)
        self.version = version


class RouteError(GuideError):
    """No walk can be given for these stops."""


class SnapError(RouteError):
    """A stop lies too far from any street."""


class NoWayError(RouteError):
    """No way on foot joins two stops."""


class NothingFitsError(RouteError):
    """No tour keeps all that was wished for; each of ``changes`` alone would make one possible."""

    def __init__(self, message: str, changes: "tuple[Change, ...]" = ()) -> None:
        super().__init__(message, changes)
        self.changes = changes

    def __str__(self) -> str:
        return str(self.args[0])


class BusyError(GuideError):
    """Too many ask for the same at once; ``wait_s`` says after how long it is worth asking again."""

    def __init__(self, message: str, wait_s: float = 1.0) -> None:
        super().__init__(message, wait_s)
        self.wait_s = wait_s

    def __str__(self) -> str:
        return str(self.args[0])
