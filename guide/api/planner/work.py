"""What a planner process does: opens the built area that a job names, and answers the job.

A job names the directory of a build, not an area: the process that was asked decides which build is served, and a
rebuilt area is another directory. Builds are mapped from disc, so all processes share their pages.
"""

import multiprocessing
import os
import signal
from collections import OrderedDict
from enum import StrEnum
from pathlib import Path
from threading import Thread
from typing import Any, Final

import msgspec

from guide.api.loops.replies import loops_reply
from guide.api.loops.request import LoopRequest
from guide.api.routes.formats import RouteFormat, encode_route
from guide.api.tours.replies import plan_reply
from guide.api.tours.request import PlanRequest
from guide.areas.served import ServedArea
from guide.domain.walker import Preset, Walker
from guide.http.texts import Language
from guide.routing.costs.arc_costs import Terms

_BUILDS_KEPT: Final = 4
_NICENESS: Final = 5
"""Whoever only wants a route is served first."""


class Task(StrEnum):
    """What a planner can do."""

    PLAN = "plan"
    LOOPS = "loops"


_builds: "OrderedDict[str, ServedArea]" = OrderedDict()
"""The builds that this process has open; a process answers one job at a time."""


def begin() -> None:
    """Make a fresh process ready to serve: lower in priority, and gone when its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends us
    os.nice(_NICENESS)
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True, name="watch parent").start()


def _end_with(parent: Any) -> None:  # noqa: ANN401 (the library's own process object)
    parent.join()
    os._exit(0)


def warm(directory: Path) -> None:
    """Open a build and make ready what the first tour would otherwise wait for."""
    area = open_build(directory)
    if area.built.streets is not None:
        area.surroundings.metrics(Walker.of(Preset.TOURIST), Terms())


def answer(task: Task, directory: Path, request: bytes, format_: RouteFormat) -> bytes:
    """The whole answer to a job, ready to be sent.

    Raises:
        GuideError: whatever the job's own work raises.
        NotBuiltError: the build is gone.
    """
    return answer_in(open_build(directory), task, request, format_)


def answer_in(area: ServedArea, task: Task, request: bytes, format_: RouteFormat) -> bytes:
    """As ``answer``, in an area that is open already."""
    view, language = _view(area, task, request)
    return encode_route(view, format_, area.manifest, language)


def _view(area: ServedArea, task: Task, request: bytes) -> tuple[dict[str, Any], Language]:
    match task:
        case Task.PLAN:
            plan = msgspec.msgpack.decode(request, type=PlanRequest)
            return plan_reply(area, plan), plan.language
        case Task.LOOPS:
            loop = msgspec.msgpack.decode(request, type=LoopRequest)
            return loops_reply(area, loop), loop.language


def open_build(directory: Path) -> ServedArea:
    """The area of a build, opened once."""
    key = str(directory)
    area = _builds.pop(key, None) or ServedArea(directory)
    _builds[key] = area
    if len(_builds) > _BUILDS_KEPT:
        _builds.popitem(last=False)
    return area
