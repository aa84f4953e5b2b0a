"""Where sources come from: mirror, cache, network, in this order; each failure is one sentence."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from guide.domain.errors import SourceError
from tiles.areas import AreaSpec, ElevationSpec, OsmSpec
from tiles.download import Network
from tiles.sources import SourceFolders, Sources, resolve_sources


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A folder on a server of this machine."""
    folder = tmp_path / "server"
    folder.mkdir()
    (folder / "streets.osm").write_text("<osm/>")
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def spec_of(url: str | None, origin: str = "url") -> AreaSpec:
    words = {"licence": "CC0-1.0", "credit": "nobody"}
    return AreaSpec(
        name_ja="丘",
        name_en="Hill",
        bbox=(140.0, 42.0, 141.0, 43.0),
        time_zone="Asia/Tokyo",
        slope_words=("坂",),
        osm=OsmSpec(file="streets.osm", origin=origin, url=url, **words),
        elevation=(
            ElevationSpec(id="dem", kind="hgt", file="dem.hgt", origin="file", resolution_m=0, sigma_m=1, **words),
        ),
    )


def resolve(tmp_path: Path, spec: AreaSpec, network: Network) -> Sources:
    folders = SourceFolders(mirror=tmp_path / "mirror", cache=tmp_path / "cache")
    return resolve_sources("sample", spec, folders, network.downloader("sample", spec))


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<osm/>")
    return path


def test_the_mirror_comes_before_the_cache_and_the_cache_before_the_network(tmp_path: Path, server: str) -> None:
    spec, network = spec_of(f"{server}/streets.osm"), Network()
    fetched = resolve(tmp_path, spec, network).osm
    assert fetched is not None
    assert fetched.path == tmp_path / "cache" / "sample" / "streets.osm"
    fetched.path.write_text("<osm><!-- ours --></osm>")
    cached = resolve(tmp_path, spec, network).osm
    assert cached is not None
    assert "ours" in cached.path.read_text()
    mirrored = put(tmp_path / "mirror" / "sample" / "streets.osm")
    found = resolve(tmp_path, spec, network).osm
    assert found is not None
    assert found.path == mirrored


def test_the_mirror_may_be_the_folder_of_the_area_itself(tmp_path: Path) -> None:
    mirrored = put(tmp_path / "mirror" / "streets.osm")
    found = resolve(tmp_path, spec_of(None), Network(allowed=False)).osm
    assert found is not None
    assert found.path == mirrored


@pytest.mark.parametrize(
    ("origin", "path", "network", "words"),
    [
        ("url", "/streets.osm", Network(allowed=False), "connect to the internet"),
        ("url", "/nowhere.osm", Network(patience_s=5.0), "nowhere.osm"),
        ("file", "/streets.osm", Network(), "put it into the folder"),
        ("pigeon", "/streets.osm", Network(), "no way to download"),
    ],
)
def test_a_source_that_cannot_be_had_says_so_in_one_sentence(
    tmp_path: Path, server: str, origin: str, path: str, network: Network, words: str
) -> None:
    found = resolve(tmp_path, spec_of(server + path, origin), network)
    assert found.osm is None
    assert {missing.source for missing in found.missing} == {"osm", "dem"}
    assert words in found.reasons[0]
    with pytest.raises(SourceError, match=r"streets\.osm|nowhere\.osm"):
        found.require()


def test_streets_without_any_heights_are_not_enough(tmp_path: Path) -> None:
    put(tmp_path / "mirror" / "sample" / "streets.osm")
    found = resolve(tmp_path, spec_of(None), Network(allowed=False))
    assert not found.complete
    with pytest.raises(SourceError, match=r"dem\.hgt"):
        found.require()
