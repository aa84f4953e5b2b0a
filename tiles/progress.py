"""How a build shows itself: a bar on a terminal, one line a stage elsewhere, and the figures for a benchmark."""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Final

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Stage = Callable[[str], AbstractContextManager[None]]
"""Wraps a stage of the build: shows its progress, takes its time."""

_KB_PER_MB: Final = 1024


def untold(_title: str) -> Stage:
    """Stages that nobody watches."""
    return lambda _stage: nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFigures:
    """What a stage took; ``peak_mb`` is the most memory the process has held so far."""

    stage: str
    seconds: float
    peak_mb: float


@dataclass(slots=True)
class StageLog:
    """Measures stages and tells of them as they end."""

    title: str
    figures: list[StageFigures] = field(default_factory=list)
    console: Console = field(default_factory=lambda: Console(file=sys.stderr))

    def __call__(self, stage: str) -> AbstractContextManager[None]:
        """The context of one stage."""
        return self._stage(stage)

    @contextmanager
    def _stage(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        with self._spinner(stage):
            yield
        seconds = time.perf_counter() - begin
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KB_PER_MB
        self.figures.append(StageFigures(stage=stage, seconds=seconds, peak_mb=peak_mb))
        self.console.print(f"{self.title}: {stage:<12} {seconds:6.2f} s  {peak_mb:5.0f} MB", highlight=False)

    @contextmanager
    def _spinner(self, stage: str) -> Iterator[None]:
        if not self.console.is_terminal:
            yield
            return
        columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=self.console, transient=True) as progress:
            progress.add_task(f"{self.title}: {stage}")
            yield
