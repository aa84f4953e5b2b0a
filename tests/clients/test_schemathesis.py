"""The service is asked whatever its description allows, whatever it forbids, and one thing after another.

No reply is a 5xx, and none has a status, a type, a header or a shape that the description does not tell.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clients.conftest import HERE

LEAST_CASES = 3000


@pytest.mark.timeout(1800)
def test_the_service_keeps_to_its_description(service: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(
        [Path(sys.executable).parent / "schemathesis", "--config-file", HERE / "schemathesis.toml",
         "run", f"{service}/api/openapi.json", "--seed", "1", "--max-examples", "20", "--request-timeout", "120",
         "--continue-on-failure", "--warnings", "off", "--report", "ndjson", "--report-dir", tmp_path],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=1500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    report = next(tmp_path.glob("*.ndjson"))
    statuses = _statuses(report)
    assert sum(statuses.values()) >= LEAST_CASES
    assert not [status for status in statuses if status >= 500]
    assert {200, 400, 404, 405} <= set(statuses)


def _statuses(report: Path) -> dict[int, int]:
    """How often each status came."""
    counts: dict[int, int] = {}
    for line in report.read_text().splitlines():
        for interaction in _interactions(json.loads(line)):
            if (response := interaction.get("response")) is not None:
                counts[response["status_code"]] = counts.get(response["status_code"], 0) + 1
    return counts


def _interactions(event: object) -> list[dict[str, dict[str, int]]]:
    """All exchanges within an event of the report, wherever they stand."""
    if isinstance(event, dict):
        here = [event] if isinstance(event.get("response"), dict) and "status_code" in event["response"] else []
        return here + [found for value in event.values() for found in _interactions(value)]
    if isinstance(event, list):
        return [found for value in event for found in _interactions(value)]
    return []
