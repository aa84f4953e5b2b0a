"""One area on a worker: built unless nothing has changed, and put where all services find it."""

import hashlib
import os
import resource
import shutil
import time
from pathlib import Path
from typing import Final

import msgspec
import structlog
from distributed import get_worker

from guide.area.manifest import Manifest, read_manifest
from guide.area.read import current_build
from guide.depot.push import find_current, push_build, read_key, read_pushed, write_key
from guide.depot.store import Store, is_address
from guide.domain.errors import BuildError, GuideError, NotBuiltError
from tiles.areas import read_area
from tiles.build import BuildJob, build_area
from tiles.cluster.order import Answer, Order, Outcome
from tiles.cluster.parts import settle_with_others
from tiles.cluster.place import find_sources, lay_out, list_sources
from tiles.jobs import is_made_from
from tiles.manifest import program
from tiles.progress import StageLog

_KB_PER_MB: Final = 1024


def carry_out(order: Order) -> Answer:
    """Do what an order says. Whatever is wrong with an area is an answer, so that the others go on."""
    begun = time.perf_counter()
    try:
        build, outcome, message = *_make(order), ""
    except GuideError as error:
        build, outcome, message = None, Outcome.FAILED, error.message
    except Exception as error:  # noqa: BLE001 (whatever it is, the other areas go on)
        structlog.get_logger().exception("an area could not be built", area=order.area)
        build, outcome, message = None, Outcome.FAILED, f"{type(error).__name__}: {error} (the worker's log says more)"
    return Answer(
        area=order.area,
        outcome=outcome,
        build=build,
        message=message,
        worker=str(get_worker().address),
        seconds=time.perf_counter() - begun,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KB_PER_MB,
    )


def _make(order: Order) -> tuple[str, Outcome]:
    if program().sha256 != order.program:
        raise BuildError("The worker runs another version of the program. Install the same one on all machines.")
    data = lay_out(order)
    if is_address(order.out):
        return _into_store(order, data, Store(order.out))
    job = _job(order, data, Path(order.out))
    try:
        manifest = read_manifest(current_build(job.out, order.area))
    except NotBuiltError:
        manifest = None
    if manifest is not None and is_made_from(manifest, job):
        return current_build(job.out, order.area).name, Outcome.UNCHANGED
    return build_area(job).name, Outcome.BUILT


def _into_store(order: Order, data: Path, store: Store) -> tuple[str, Outcome]:
    key = _key(order)
    current = find_current(store, order.area)
    if current is not None and key is not None and read_key(store, order.area) == f"{key} {current}":
        return current, Outcome.UNCHANGED  # not one source had to be fetched to know it
    job = _job(order, data, data / "build")
    manifest: Manifest | None = None if current is None else read_pushed(store, order.area, current)
    if manifest is not None and is_made_from(manifest, job):
        build, outcome = str(current), Outcome.UNCHANGED
    else:
        try:
            build, outcome = push_build(store, build_area(job)), Outcome.BUILT
        finally:
            shutil.rmtree(job.out / order.area, ignore_errors=True)  # a worker's disc does not grow with the country
    if key is not None:
        write_key(store, order.area, f"{key} {build}")
    return build, outcome


def _job(order: Order, data: Path, out: Path) -> BuildJob:
    return BuildJob(
        area=order.area,
        spec=read_area(order.area),
        sources=find_sources(order, data),
        out=out,
        stage=StageLog(f"{order.area} ({os.getpid()})"),
        settle=settle_with_others(order),
    )


def _key(order: Order) -> str | None:
    """What names all that a build is made from, if the store of its sources can tell without sending them."""
    sources = list_sources(order)
    if not sources:
        return None
    tags = {name: stored.tag for name, stored in sources.items()}
    said = msgspec.json.encode((order.program, order.description.decode(), sorted(tags.items())))
    catalogue = b"".join(name.encode() + content for name, content in order.catalogue)
    return hashlib.sha256(said + catalogue).hexdigest()
