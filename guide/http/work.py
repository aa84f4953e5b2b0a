"""Where a handler's work is done: at once if it is quick, else in a thread, so that others are not kept waiting."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


async def done(work: Callable[[], _T], *, quick: bool) -> _T:
    """What ``work`` gives.

    Work of less than a millisecond is done on the event loop: to hand it to a thread and back would take about as
    long, and threads that wait for each other's turns make the slowest replies slower still.
    """
    return work() if quick else await asyncio.to_thread(work)
