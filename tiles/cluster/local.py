"""A cluster of this machine alone, for as long as a command runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from distributed import LocalCluster


@contextmanager
def local_cluster(workers: int) -> Iterator[str]:
    """Worker processes on this machine; gives the scheduler's address."""
    with LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        memory_limit=0,  # a build is not Dask's data: it cannot be spilled
    ) as cluster:
        yield str(cluster.scheduler_address)
