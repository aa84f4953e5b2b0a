"""A folder that exists while the service runs, in which its workers share what they count."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from guide.http.limits import create_table
from guide.http.workers import METRICS_FOLDER

LIMITS: Final = "limits"


@contextmanager
def run_folder(workers: int) -> Iterator[Path]:
    """The folder, made ready; gone afterwards. One worker counts by itself, which is quicker."""
    with tempfile.TemporaryDirectory(prefix="hyakusaka-") as name:
        folder = Path(name)
        create_table(folder / LIMITS)
        if workers > 1:
            (folder / "metrics").mkdir()
            os.environ[METRICS_FOLDER] = str(folder / "metrics")
        yield folder
