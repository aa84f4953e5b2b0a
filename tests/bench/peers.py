"""OSRM and Valhalla made ready from the same streets, for ``routing.py``: a venv of their own, graphs, timed queries.

Both wheels want Python 3.12 or newer, from the path or from pyenv. Without one the reason is said.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium
import rasterio
from rasterio.warp import Resampling, reproject

ASK = Path(__file__).with_name("peer_queries.py")
VENV = Path(__file__).resolve().parent.parent.parent / ".venv-peers"
PACKAGES = ("pyvalhalla>=3.9,<4", "osrm-bindings>=26")
RENUMBERED_FROM = 100_000_000_000
HGT_SIDE = 3601
HGT_VOID = -32768


@dataclass(frozen=True)
class Peers:
    """A Python with both engines, and a folder to work in."""

    python: Path
    folder: Path

    @property
    def _packages(self) -> Path:
        return next(self.python.parent.parent.glob("lib/python3*/site-packages"))

    def build_osrm(self, pbf: Path) -> float | None:
        """Seconds for OSRM's foot graph, contracted; None if it lies here from an earlier run (it takes minutes)."""
        osrm, graph = self._packages / "osrm", self.folder / "osrm" / pbf.name
        if graph.with_name("streets.osrm.hsgr").exists():
            return None
        graph.parent.mkdir(exist_ok=True)
        shutil.copy(pbf, graph)
        begin = time.perf_counter()
        run([osrm / "bin/osrm-extract", "-t", "2", "-p", osrm / "share/profiles/foot.lua", graph])
        run([osrm / "bin/osrm-contract", "-t", "2", graph.with_name("streets.osrm")])
        return time.perf_counter() - begin

    def build_valhalla(self, pbf: Path) -> float:
        """Seconds for Valhalla's tiles with elevation."""
        run([self.python, ASK, "configure", self.folder, "-"])
        begin = time.perf_counter()
        run([self._packages / "valhalla/bin/valhalla_build_tiles", "-c", self.folder / "valhalla.json", pbf])
        return time.perf_counter() - begin

    def ask(self, engine: str, pairs: list[list[list[float]]], table: list[list[float]]) -> dict[str, list[float]]:
        """Milliseconds of every query, by what is asked for."""
        graph = self.folder / ("osrm/streets.osrm" if engine == "osrm" else "valhalla.json")
        task = self.folder / "queries.json"
        task.write_text(json.dumps({"pairs": pairs, "table": table}))
        done = run([self.python, ASK, engine, graph, task])
        times: dict[str, list[float]] = json.loads(done.splitlines()[-1])
        return times

    def routed(self, port: int, threads: int) -> "subprocess.Popen[bytes]":
        """OSRM's own server."""
        server = self._packages / "osrm/bin/osrm-routed"
        command = [server, "-a", "CH", "-i", "127.0.0.1", "-p", str(port), "-t", str(threads)]
        return subprocess.Popen(
            [*map(str, command), str(self.folder / "osrm/streets.osrm")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def find_peers() -> Peers | None:
    """The peers in the venv that ``HYAKUSAKA_PEERS`` names, or in ``.venv-peers``, made if need be; None without any.

    Their graphs stay beside them, because OSRM takes a minute to make its own.
    """
    venv = Path(os.environ.get("HYAKUSAKA_PEERS") or VENV)
    python = venv / "bin/python"
    try:
        if not python.exists():
            print(f"  Making {venv.name} with {', '.join(PACKAGES)}, once")
            run([_newer_python(), "-m", "venv", "--clear", venv])
        if not _has_both(python):
            run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES])
        run([python, "-c", "import osrm, valhalla"])
    except (subprocess.CalledProcessError, OSError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        print(f"  SKIPPED: no peers to compare with ({said[-1] if said else error}).")
        return None
    graphs = venv / "graphs"
    graphs.mkdir(exist_ok=True)
    return Peers(python=python, folder=graphs)


def _has_both(python: Path) -> bool:
    found = subprocess.run([python, "-c", "import osrm, valhalla"], check=False, capture_output=True)
    return found.returncode == 0


def _newer_python() -> str:
    homes = sorted(Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser().glob("versions/3.1[2-4]*/bin/python"))
    names = ("python3.14", "python3.13", "python3.12", "python3")
    for path in (*(path for name in names if (path := shutil.which(name))), *map(str, homes), sys.executable):
        # A shim of pyenv lies on the path for versions that are not chosen, and fails when it is run.
        told = subprocess.run(
            [path, "-c", "import sys, venv; print(sys.version_info >= (3, 12))"],
            check=False, capture_output=True, text=True,
        )  # fmt: skip
        if told.stdout.strip() == "True":
            return path
    raise OSError("there is no Python 3.12 or newer on this machine")


def run(command: list[object]) -> str:
    """Run a command; its standard output."""
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def renumber(pbf: Path, out: Path) -> None:
    """The same streets with positive node ids, in the order that OSRM wants; JOSM leaves negative ones behind."""
    nodes: list[tuple[int, osmium.osm.mutable.Node]] = []
    ways: list[osmium.osm.mutable.Way] = []
    for thing in osmium.FileProcessor(str(pbf)):
        if thing.is_node():
            number = _positive(thing.id)
            location = (thing.location.lon, thing.location.lat)
            nodes.append(
                (number, osmium.osm.mutable.Node(id=number, location=location, tags=dict(thing.tags), version=1))
            )
        elif thing.is_way():
            refs = [_positive(node.ref) for node in thing.nodes]
            ways.append(osmium.osm.mutable.Way(id=_positive(thing.id), nodes=refs, tags=dict(thing.tags), version=1))
    with osmium.SimpleWriter(str(out), overwrite=True) as writer:
        for _, node in sorted(nodes, key=lambda pair: pair[0]):
            writer.add_node(node)
        for way in sorted(ways, key=lambda way: way.id):
            writer.add_way(way)


def _positive(number: int) -> int:
    return number if number > 0 else RENUMBERED_FROM - number


def write_hgt(dem: Path, folder: Path, south: int, west: int) -> None:
    """A DEM as the one-degree SRTM tile that Valhalla reads; unknown outside."""
    step = 1 / (HGT_SIDE - 1)
    target = np.full((HGT_SIDE, HGT_SIDE), HGT_VOID, dtype=np.int16)
    with rasterio.open(dem) as source:
        reproject(
            rasterio.band(source, 1),
            target,
            dst_transform=rasterio.transform.from_origin(west - step / 2, south + 1 + step / 2, step, step),
            dst_crs="EPSG:4326",
            dst_nodata=HGT_VOID,
            resampling=Resampling.bilinear,
        )
    name = f"{'N' if south >= 0 else 'S'}{abs(south):02d}"
    path = folder / "elevation" / name / f"{name}{'E' if west >= 0 else 'W'}{abs(west):03d}.hgt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(target.astype(">i2").tobytes())
