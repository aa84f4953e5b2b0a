"""Everything that can go wrong, as one small tree.

GuideError
├── UsageError          the request or the command is worded wrongly
├── UnknownAreaError    no such area
├── NotFoundError       no such slope, landmark, tileset, …
├── SourceError         an input file or download is missing, broken or of another kind
├── BuildError          an area could not be built (disc full, two builds at once, …)
├── NotBuiltError       the area is known, but this part of it has not been built
├── NotInstalledError   the machine lacks something that this needs
├── LineError           a line is longer than a request may be, or has no length
└── RouteError          no walk can be given
    ├── SnapError       a stop is too far from any street
    └── NoWayError      no way joins two stops

A message is one plain sentence (or two) that says what is wrong, where, and what to do next.
It is shown to people as it is, so it holds no secrets and no traces.
"""


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


class BuildError(GuideError):
    """An area could not be built; what was served before still is."""


class NotBuiltError(GuideError):
    """The area is known, but this part of it has not been built."""


class NotInstalledError(GuideError):
    """The machine lacks something that this needs, such as a font."""


class LineError(GuideError):
    """A line that cannot be measured: too many points, too long, or without length."""


class RouteError(GuideError):
    """No walk can be given for these stops."""


class SnapError(RouteError):
    """A stop lies too far from any street."""


class NoWayError(RouteError):
    """No way on foot joins two stops."""
