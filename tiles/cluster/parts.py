"""The heights of a large area, settled in parts by whoever of the cluster has time.

The parts overlap, as ``guide.terrain.blocks`` says, so each is settled by itself to the same bits as in one piece.
"""

from functools import lru_cache, partial
from itertools import islice
from typing import Final
from uuid import uuid4

from distributed import Future, as_completed, worker_client

from guide.domain.elevation import Elevation
from guide.domain.network import Network
from guide.terrain.edges import BlockHeights, BlockPart, SettledHeights, join_heights, plan_heights, settle_block
from guide.terrain.mosaic import Mosaic
from tiles.cluster.order import Order
from tiles.cluster.place import find_sources, lay_out
from tiles.lay import Settle
from tiles.models import open_model

_ON_THE_WAY: Final = 2
"""Parts for each worker that are cut out and sent before others are done."""


def settle_with_others(order: Order) -> Settle:
    """How an order's heights are settled: in parts on the cluster if there are enough of them, else here."""
    return partial(_settle, order)


def _settle(order: Order, network: Network, elevation: Elevation) -> SettledHeights:
    plan = plan_heights(network, elevation)
    if len(plan.blocks) < order.parts_from:
        return join_heights(plan, [settle_block(plan.part(block), elevation) for block in plan.blocks])
    settled: list[BlockHeights] = []
    run = uuid4().hex
    with worker_client() as client:  # this task steps aside meanwhile, so that its worker can settle parts, too

        def send(number: int) -> "Future[BlockHeights]":
            part = client.scatter(plan.part(plan.blocks[number]), hash=False)
            future: Future[BlockHeights] = client.submit(
                settle_part, order, run, part, key=f"part-{order.area}-{number}-{run}"
            )
            return future

        waiting = iter(range(len(plan.blocks)))
        first = _ON_THE_WAY * max(len(client.scheduler_info()["workers"]), 1)
        running = as_completed([send(number) for number in islice(waiting, first)])
        for future in running:
            settled.append(future.result())
            future.release()
            if (number := next(waiting, None)) is not None:
                running.add(send(number))
    return join_heights(plan, settled)


def settle_part(order: Order, run: str, part: BlockPart) -> BlockHeights:
    """One part of an order's run, on whichever worker it comes to."""
    return settle_block(part, _elevation(order, run))


@lru_cache(maxsize=2)
def _elevation(order: Order, _run: str) -> Mosaic:
    """The models as they lie now: another run opens them anew."""
    sources = find_sources(order, lay_out(order))
    return Mosaic([open_model(source.spec, source.path) for source in sources.elevation])
