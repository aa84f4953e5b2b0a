"""A call that ends in time even if what it calls does not.

Socket timeouts bound neither the look-up of a name nor a server with many addresses, each of which is tried in turn:
without a network, five seconds can become a minute.
"""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, call: Callable[[], T]) -> T:
    """The result of a call, or what it raised, if it ends in time.

    A call that does not is left to end by itself: in a daemon thread, which keeps no program alive.

    Raises:
        TimeoutError: it did not end in time.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:  # noqa: BLE001 - handed to the caller, whatever it is
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]
