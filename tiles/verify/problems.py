"""What a check finds wrong."""

from dataclasses import dataclass, field
from typing import Final

MOST: Final = 50
"""So many are told one by one; whoever has more has one mistake many times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One broken rule: where, which, and what is there instead."""

    where: str
    rule: str
    message: str


@dataclass(slots=True)
class Report:
    """Problems as they are found; all are counted, the first ones kept."""

    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, where: str, rule: str, message: str) -> None:
        """One more problem."""
        self.count += 1
        if len(self.problems) < MOST:
            self.problems.append(Problem(where=where, rule=rule, message=message))

    def rules(self) -> set[str]:
        """The rules that are broken."""
        return {problem.rule for problem in self.problems}


class BrokenError(Exception):
    """Bytes that cannot be read on: the rule, and what is there instead."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
