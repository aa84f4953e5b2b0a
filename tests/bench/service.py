"""The service over HTTP against a bare handler of its framework. Run: python tests/bench/service.py.

The load comes from wrk (Debian's package), a process of its own. The bare handler stands behind the same server with as
many workers and gives the same bytes; both are asked in turn, so that what else the machine does falls on both.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.api.built_area import TILE, write_area  # noqa: E402 (after the path)

SOURCES = Path(os.environ.get("HYAKUSAKA_SOURCES", ROOT.parent / "shared" / "areas"))
ROUNDS = 5
ROUND_S = 4
STEADY_S = 60
CONNECTIONS = 64
TILE_BYTES = 150_000

BARE = """
import os, sys
from pathlib import Path
from granian import Granian
from granian.constants import Interfaces
from litestar import Litestar, Response, get

ITEM, TILE = (Path(os.environ[name]).read_bytes() for name in ("BARE_ITEM", "BARE_TILE"))

@get("/item", sync_to_thread=False)
def item() -> Response[bytes]:
    return Response(ITEM, media_type="application/geo+json")

@get("/tile", sync_to_thread=False)
def tile() -> Response[bytes]:
    return Response(TILE, media_type="application/vnd.mapbox-vector-tile", headers={"content-encoding": "gzip"})

app = Litestar([item, tile], openapi_config=None, logging_config=None)

if __name__ == "__main__":
    Granian(f"{Path(__file__).stem}:app", port=int(sys.argv[1]), interface=Interfaces.ASGI, websockets=False,
            log_enabled=False).serve()
"""

MANY = """
local paths = {%s}
local turn = 0
request = function()
  turn = turn + 1
  return wrk.format("GET", paths[turn %% #paths + 1])
end
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What wrk says: requests a second, the 99th percentile in milliseconds, replies that were not 2xx or 3xx."""

    per_s: float
    p99_ms: float
    failed: int


def main() -> None:
    """Prints every figure that the API is held to."""
    if shutil.which("wrk") is None:
        print("The load comes from wrk: apt-get install wrk.")
        return
    if not (SOURCES / "portland").is_dir():
        print("The real areas are not here. Set HYAKUSAKA_SOURCES.")
        return
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        build = [sys.executable, "-m", "tiles", "build", "portland", "--out", str(data / "build")]
        environment = {**os.environ, "HYAKUSAKA_SOURCES": str(SOURCES)}
        subprocess.run(build, cwd=ROOT, env=environment, check=True, capture_output=True)
        write_area(data / "build", "drawn", tile=os.urandom(TILE_BYTES))
        starts = [start_s(data) for _ in range(ROUNDS)]
        print(f"start to ready: median {statistics.median(starts):.2f} s, longest {max(starts):.2f} s (at most 1.5)")
        with service(data) as (address, process):
            against_bare(data, address)
            steadily(data, address, process)


def against_bare(data: Path, address: str) -> None:
    """An item and a tile, ours and bare in turn."""
    item = f"{address}/api/portland/collections/slopes/items/{a_slope(address)}"
    tile = f"{address}/api/drawn/tiles/guide/WebMercatorQuad/{TILE[0]}/{TILE[2]}/{TILE[1]}"
    with bare(data, fetch(item), fetch(tile)) as other:
        for name, ours, theirs in (("slope item", item, f"{other}/item"), ("tile of 150 KB", tile, f"{other}/tile")):
            print(f"{name}: {len(fetch(ours))} bytes, bare {len(fetch(theirs))} bytes")
            for connections in (8, CONNECTIONS):
                pairs = [(load(ours, connections), load(theirs, connections)) for _ in range(ROUNDS)]
                ratio = statistics.median(mine.per_s / peer.per_s for mine, peer in pairs)
                mine = statistics.median(each.per_s for each, _ in pairs)
                peer = statistics.median(each.per_s for _, each in pairs)
                p99 = [statistics.median(each.p99_ms for each in side) for side in zip(*pairs, strict=True)]
                failed = sum(each.failed for each, _ in pairs)
                print(
                    f"  {connections} connections: {mine:.0f}/s, bare {peer:.0f}/s, ratio {ratio:.2f} (at least 0.8); "
                    f"99 % {p99[0]:.1f} ms, bare {p99[1]:.1f} ms (below 50 with {CONNECTIONS}); {failed} failed"
                )


def steadily(data: Path, address: str, process: "subprocess.Popen[str]") -> None:
    """Many different addresses for a minute; what the workers hold at the end of each quarter."""
    slope = a_slope(address)
    base = "/api/portland"
    paths = [
        f"{base}/collections/slopes/items/{slope}", f"{base}/collections/slopes/items?limit=20",
        f"{base}/collections/slopes/items?filter=mean_grade_percent%20%3E%2010", f"{base}/search?q=broadwy",
        f"{base}/slopes/{slope}/profile?f=svg", f"{base}/tiles/guide.json", f"{base}/conformance",
        f"{base}/routes?stop=slope:{slope}", "/api", "/api/nowhere", f"{base}/collections/slopes/items?limit=0",
        *(f"{base}/search?q=street{number}" for number in range(500)),
    ]  # fmt: skip
    script = data / "many.lua"
    script.write_text(MANY % ", ".join(f'"{path}"' for path in paths))
    load(address, CONNECTIONS, seconds=15, script=script)  # what is kept in memory fills up
    held = [memory_mb(process.pid)]
    for _ in range(4):
        load(address, CONNECTIONS, seconds=STEADY_S // 4, script=script)
        held.append(memory_mb(process.pid))
    print(f"memory over {STEADY_S} s of {len(paths)} addresses: {', '.join(f'{each:.1f}' for each in held)} MB")


def load(address: str, connections: int, *, seconds: int = ROUND_S, script: Path | None = None) -> Load:
    """Ask for one address, or what a script says, as fast as replies come."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: gzip"]
    done = subprocess.run(
        [*command, *(["-s", str(script)] if script else []), address], capture_output=True, text=True, check=True
    )
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", done.stdout)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    assert p99 is not None
    assert rate is not None
    scale = {"us": 0.001, "ms": 1.0, "s": 1000.0}[p99[2]]
    return Load(per_s=float(rate[1]), p99_ms=float(p99[1]) * scale, failed=int(failed[1]) if failed else 0)


@contextmanager
def service(data: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The service as people start it, with its log written and no limit to what one may ask."""
    port = free_port()
    environment = {**os.environ, "HYAKUSAKA_DATA": str(data), "HYAKUSAKA_RATE_PER_S": "0"}
    command = [sys.executable, "-m", "guide", "serve", "--port", str(port)]
    with running(command, port, "/readyz", data / "service.log", environment) as process:
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def bare(data: Path, item: bytes, tile: bytes) -> Iterator[str]:
    """A bare handler behind the same server."""
    port = free_port()
    (data / "bare_app.py").write_text(BARE)
    (data / "item").write_bytes(item)
    (data / "tile").write_bytes(tile)
    paths = {"BARE_ITEM": str(data / "item"), "BARE_TILE": str(data / "tile"), "PYTHONPATH": str(data)}
    command = [sys.executable, str(data / "bare_app.py"), str(port)]
    with running(command, port, "/item", data / "bare.log", {**os.environ, **paths}):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(
    command: list[str], port: int, path: str, log: Path, environment: dict[str, str]
) -> Iterator["subprocess.Popen[str]"]:
    """A process that answers at ``path``; ended at the end."""
    with (
        log.open("w") as output,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output, text=True) as process,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}{path}")
            yield process
        finally:
            process.terminate()


def start_s(data: Path) -> float:
    """Seconds from the command to the first reply that says ready."""
    began_s = time.perf_counter()
    with service(data):
        return time.perf_counter() - began_s


def wait_for(address: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            fetch(address)
        except (urllib.error.URLError, OSError):
            time.sleep(0.005)
        else:
            return
    raise SystemExit(f"{address} does not answer.")


def fetch(address: str) -> bytes:
    """The bytes as they travel, packed."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=60) as reply:
        content: bytes = reply.read()
        return content


def a_slope(address: str) -> str:
    import gzip  # noqa: PLC0415 (only here)
    import json  # noqa: PLC0415

    raw = fetch(f"{address}/api/portland/collections/slopes/items?limit=1")
    page = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    return str(page["features"][0]["id"])


def memory_mb(pid: int) -> float:
    """What a process and its children have in memory, shared pages counted once."""
    pids = [pid]
    for each in pids:
        for task in Path(f"/proc/{each}/task").iterdir():
            pids += map(int, (task / "children").read_text().split())
    kilobytes = 0
    for each in pids:
        text = Path(f"/proc/{each}/smaps_rollup").read_text()
        kilobytes += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])  # type: ignore[index]
    return kilobytes / 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
