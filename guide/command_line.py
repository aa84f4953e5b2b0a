"""What both command lines share: the exit codes, and a parser that says what is wrong in one sentence."""

import argparse
from typing import Final, NoReturn

from guide.domain.errors import UsageError

DONE: Final = 0
BLOCKED: Final = 1
WRONG: Final = 2
"""Exit codes: done; findings that block; wrong usage or bad input."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of a page of usage."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing.

        Raises:
            UsageError: always.
        """
        raise UsageError(f"{message[:1].upper()}{message[1:]}. Run {self.prog} --help.")
