"""Many orders given to a cluster: each answered in the end, whichever machine dies meanwhile."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from distributed import CancelledError, Client, KilledWorker, as_completed
from distributed.comm.core import CommClosedError

from guide.domain.errors import BuildError
from tiles.cluster.build import carry_out
from tiles.cluster.order import Answer, Order, Outcome

if TYPE_CHECKING:
    from dask.typing import Key

PATIENCE_S: Final = 120.0
"""How long to wait for a scheduler that does not answer: as long as a restart takes, and more."""

_PAUSE_S: Final = 0.5
_TRIES: Final = 2
"""How often Dask tries a task again whose worker said it could not."""


def carry_out_all(
    orders: Iterable[Order], scheduler: str, tell: Callable[[Answer], None], patience_s: float = PATIENCE_S
) -> list[Answer]:
    """Have all orders carried out, ``tell`` each answer as it comes; in the order in which they came.

    An order whose worker dies goes to another; if the scheduler dies, those without an answer are given to the next
    one. What was built already is found unchanged then.

    Raises:
        BuildError: no scheduler answers for ``patience_s``.
    """
    waiting = {order.area: order for order in orders}
    answers: list[Answer] = []
    while waiting:
        with _client(scheduler, patience_s) as client:
            run = uuid4().hex[:8]
            areas: dict[Key, str] = {f"build-{area}-{run}": area for area in waiting}
            futures = [
                client.submit(carry_out, waiting[area], key=key, retries=_TRIES, pure=False)
                for key, area in areas.items()
            ]
            for future in as_completed(futures, loop=client.loop):
                answer = None if future.cancelled() else _answer(future, areas[future.key])
                if answer is None:
                    break  # the scheduler is gone, and with it all that it knew
                del waiting[answer.area]
                answers.append(answer)
                tell(answer)
    return answers


def _answer(future: "object", area: str) -> Answer | None:
    """What came of an order; None if the scheduler went while its answer was on the way."""
    try:
        answer: Answer = future.result()  # type: ignore[attr-defined]
    except (CancelledError, CommClosedError):
        return None
    except KilledWorker:
        return Answer(
            area=area,
            outcome=Outcome.FAILED,
            message="Every worker that tried it died: it may need more memory than they have.",
        )
    except Exception as error:  # noqa: BLE001 (what Dask itself could not do, such as carry the order)
        return Answer(area=area, outcome=Outcome.FAILED, message=f"{type(error).__name__}: {error}")
    return answer


def _client(scheduler: str, patience_s: float) -> Client:
    """A client of the scheduler, once it answers."""
    end = time.monotonic() + patience_s
    while True:
        with suppress(OSError, TimeoutError):
            return Client(scheduler, timeout=min(patience_s, 5), set_as_default=False)
        if time.monotonic() >= end:
            raise BuildError(
                f"No scheduler answers at {scheduler}. "
                f"Start one (dask scheduler) and workers (dask worker {scheduler})."
            )
        time.sleep(_PAUSE_S)
