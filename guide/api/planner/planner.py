"""The planner: jobs in a bounded queue before processes of their own, so that routes are never starved."""

import asyncio
import math
import multiprocessing
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec
import structlog
from litestar.di import NamedDependency

from guide.api.planner import work
from guide.api.planner.work import Task
from guide.api.routes.formats import RouteFormat
from guide.areas.served import ServedArea
from guide.domain.errors import BusyError

QUEUE: Final = 16
"""Jobs that may wait, whoever sent them; the next one hears when to come back."""

LONGEST_WAIT_S: Final = 20.0
_USUAL_S: Final = 0.6
_MEMORY: Final = 0.8


class Planner:
    """Runs jobs in ``processes`` processes, or, if that is 0, one at a time in a thread of this one.

    Processes are spawned, not forked: a fork would copy the locks of this process's threads. They start when first
    needed, or when ``warm`` is called; one that dies is replaced.
    """

    def __init__(self, processes: int, queue: int = QUEUE) -> None:
        self._processes = processes
        self._places = max(processes, 1) + queue
        self._executor: Executor | None = None
        self._lock = Lock()
        self._taken = 0
        self._job_s = _USUAL_S

    async def answer(self, area: ServedArea, task: Task, request: msgspec.Struct, format_: RouteFormat) -> bytes:
        """The answer to a job.

        Raises:
            BusyError: the queue is full, or the answer takes too long.
            GuideError: whatever the job's own work raises.
        """
        message = msgspec.msgpack.encode(request)
        self._take()
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            for attempt in (1, 2):
                future = self._submit(area, task, message, format_)
                try:
                    found = await asyncio.wait_for(asyncio.wrap_future(future), LONGEST_WAIT_S)
                except TimeoutError:
                    raise BusyError("Planning took too long; try again, or ask for less time.", 5.0) from None
                except BrokenProcessPool:
                    self._replace()
                    if attempt == 1:
                        continue
                    raise BusyError("The planner has just been restarted; try again.", 2.0) from None
                self._job_s = _MEMORY * self._job_s + (1 - _MEMORY) * (loop.time() - began)
                return found
        finally:
            self._give_back()
        raise AssertionError  # the loop above always returns or raises

    def warm(self, directory: Path) -> None:
        """Start all processes and let each open a build."""
        if self._processes == 0:
            return
        executor = self._ready()
        for _ in range(self._processes):
            executor.submit(work.warm, directory).add_done_callback(_log_failure)

    def stop(self) -> None:
        """End the processes once they have done what they are at; what waits is given up."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=False, cancel_futures=True)

    def _submit(self, area: ServedArea, task: Task, message: bytes, format_: RouteFormat) -> "Future[bytes]":
        executor = self._ready()
        if self._processes == 0:
            return executor.submit(work.answer_in, area, task, message, format_)
        try:
            return executor.submit(work.answer, task, area.built.directory, message, format_)
        except BrokenProcessPool:
            self._replace()
            return self._ready().submit(work.answer, task, area.built.directory, message, format_)

    def _ready(self) -> Executor:
        with self._lock:
            if self._executor is None:
                self._executor = (
                    ProcessPoolExecutor(
                        self._processes,
                        mp_context=multiprocessing.get_context("spawn"),
                        initializer=work.begin,
                    )
                    if self._processes
                    else ThreadPoolExecutor(1, thread_name_prefix="planner")
                )
            return self._executor

    def _replace(self) -> None:
        """Forget processes that died; the next job starts new ones."""
        structlog.get_logger().error("a planner process died; starting new ones")
        self.stop()

    def _take(self) -> None:
        with self._lock:
            if self._taken >= self._places:
                wait_s = self._job_s * self._taken / max(self._processes, 1)
                raise BusyError(
                    "Too many tours are being planned at this moment. Try again in a few seconds.",
                    float(min(max(math.ceil(wait_s), 1), 30)),
                )
            self._taken += 1

    def _give_back(self) -> None:
        with self._lock:
            self._taken -= 1


def _log_failure(future: "Future[None]") -> None:
    error = None if future.cancelled() else future.exception()
    if error is not None:
        structlog.get_logger().warning("a planner process could not be made ready", error=str(error))


Planning = NamedDependency[Planner]
"""The planner, as handlers are given it."""
