"""Patience with a body that comes slowly: some seconds for all of it. One that breaks off is the client's fault."""

import asyncio
from typing import Final

from litestar.types import HTTPReceiveMessage, Receive

from guide.http.errors import BodyBrokeOffError, RequestTimeoutError

PATIENCE_S: Final = 20.0


def patient(receive: Receive, patience_s: float = PATIENCE_S) -> Receive:
    """The same messages, but an error once the body has taken too long or broken off; after it, wait for ever."""
    end_s = asyncio.get_running_loop().time() + patience_s
    complete = False

    async def receive_in_time() -> HTTPReceiveMessage:
        nonlocal complete
        if complete:
            return await receive()  # type: ignore[return-value]
        try:
            async with asyncio.timeout_at(end_s):
                message = await receive()
        except TimeoutError:
            raise RequestTimeoutError from None
        if message["type"] == "http.disconnect":
            raise BodyBrokeOffError
        complete = not message.get("more_body", False)
        return message  # type: ignore[return-value]

    return receive_in_time
