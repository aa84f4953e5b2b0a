"""Old builds stay as long as a running service has them open, and no longer."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from guide.area.lease import Lease, remove_unless_leased
from guide.area.read import current_build
from guide.areas.served import ServedArea
from guide.domain.errors import NotBuiltError
from tests.api.built_area import write_area

HOLD = """
import sys, time
from pathlib import Path
from guide.areas.served import ServedArea
served = ServedArea(Path(sys.argv[1]))
print("open", flush=True)
time.sleep(60)
"""


def publish(root: Path, number: int) -> Path:
    """A build that differs from the others."""
    return write_area(root, "drawn", tile=f"tile {number}".encode() * 9)


def test_a_build_that_another_process_serves_is_kept_until_that_ends(tmp_path: Path) -> None:
    first = publish(tmp_path, 1)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(first)], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        assert service.stdout.readline() == "open\n"
        for number in range(2, 5):
            publish(tmp_path, number)
        assert first.is_dir()
        assert len(list((tmp_path / "drawn").glob("*/manifest.json"))) == 4  # first, third, fourth, and the link
        service.send_signal(signal.SIGKILL)
        service.wait()
    publish(tmp_path, 5)
    assert not first.exists()


def test_a_served_area_gives_its_build_back_when_nobody_asks_for_it(tmp_path: Path) -> None:
    first = publish(tmp_path, 1)
    served = ServedArea(first)
    assert not remove_unless_leased(first)
    assert first.is_dir()
    del served
    assert remove_unless_leased(first)
    assert not first.exists()


def test_two_may_hold_one_build(tmp_path: Path) -> None:
    first = publish(tmp_path, 1)
    one, other = Lease(first), Lease(first)
    one.close()
    assert not remove_unless_leased(first)
    other.close()
    assert remove_unless_leased(first)


def test_the_build_before_is_kept_to_go_back_to(tmp_path: Path) -> None:
    first, second, third = (publish(tmp_path, number) for number in range(3))
    assert not first.exists()
    assert second.is_dir()
    assert current_build(tmp_path, "drawn") == third


def test_a_build_that_is_gone_cannot_be_leased(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError):
        Lease(tmp_path / "gone")
