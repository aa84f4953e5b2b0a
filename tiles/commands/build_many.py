"""``tiles build-many``: many areas on a Dask cluster."""

import argparse
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from guide.command_line import BLOCKED, DONE, Parser
from guide.domain.errors import NotInstalledError, UnknownAreaError
from tiles.areas import area_folder, data_folder, list_areas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tiles.cluster.order import Answer, Order

PARTS_FROM = 16


def add_command(commands: "argparse._SubParsersAction[Parser]") -> None:
    """Teach a command line to build many areas."""
    many = commands.add_parser("build-many", help="build many areas on a Dask cluster")
    many.add_argument("areas", metavar="AREA", nargs="+", help=f"'all', or some of: {', '.join(list_areas())}")
    many.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="the cluster's scheduler, such as tcp://10.0.0.5:8786; without it, a cluster of this machine's cores",
    )
    many.add_argument(
        "--out",
        default=str(data_folder() / "build"),
        metavar="PLACE",
        help="where builds go: a folder that all workers share, or a depot as s3://bucket/prefix or file:///folder",
    )
    many.add_argument(
        "--sources",
        metavar="PLACE",
        help="where source files lie, a folder for each area: a shared folder, or s3://bucket/prefix",
    )
    many.add_argument(
        "--parts-from",
        type=int,
        default=PARTS_FROM,
        metavar="N",
        help="settle an area's heights in parts if it covers so many squares of an eighth of a degree (%(default)s)",
    )
    many.add_argument("--offline", action="store_true", help="never touch the network but for cluster and stores")
    many.add_argument("--json", action="store_true", help="print how each area ended")
    many.set_defaults(run=_build_many)


def _build_many(arguments: argparse.Namespace) -> int:
    try:
        from tiles.cluster.local import local_cluster  # noqa: PLC0415 (Dask takes a second to load)
        from tiles.cluster.many import carry_out_all  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise NotInstalledError(
            f"Dask is not installed here ({error.name}). Run: pip install 'hyakusaka[cluster]'"
        ) from error
    orders = _orders(arguments)
    with _bar(len(orders)) as tell:
        if arguments.scheduler:
            answers = carry_out_all(orders, arguments.scheduler, tell)
        else:
            with local_cluster(min(len(orders), len(os.sched_getaffinity(0)))) as address:
                answers = carry_out_all(orders, address, tell)
    if arguments.json:
        print(msgspec.json.encode(answers).decode())  # noqa: T201 (what was asked for)
    failed = sorted(answer.area for answer in answers if answer.outcome == "failed")
    if failed:
        print(f"{len(failed)} of {len(answers)} areas failed: {', '.join(failed)}.", file=sys.stderr)  # noqa: T201
    return BLOCKED if failed else DONE


def _orders(arguments: argparse.Namespace) -> "list[Order]":
    from guide.depot.catalogues import find_pushed_catalogue  # noqa: PLC0415
    from guide.depot.store import Store, is_address  # noqa: PLC0415
    from tiles.cluster.order import order_of  # noqa: PLC0415

    areas = list_areas() if arguments.areas == ["all"] else list(dict.fromkeys(arguments.areas))
    for area in areas:
        area_folder(area)  # a word that is no area is told before anything is begun
    if not areas:
        raise UnknownAreaError("There is no area to build.")
    store = Store(arguments.out) if is_address(arguments.out) else None
    return [
        order_of(
            area,
            out=arguments.out,
            sources=arguments.sources,
            offline=arguments.offline,
            parts_from=arguments.parts_from,
            published=None if store is None else find_pushed_catalogue(store, area),
        )
        for area in areas
    ]


@contextmanager
def _bar(count: int) -> "Iterator[Callable[[Answer], None]]":
    """A bar on a terminal, and a line for each area as it ends."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("areas", total=count)

        def tell(answer: "Answer") -> None:
            progress.advance(task)
            what = answer.message if answer.outcome == "failed" else answer.build
            console.print(
                f"{answer.area}: {answer.outcome:<9} {answer.seconds:7.2f} s  {answer.peak_mb:5.0f} MB  {what}",
                highlight=False, markup=False, soft_wrap=True,
            )  # fmt: skip

        yield tell
