"""The builder takes the catalogue that the desk has published before the one that the area came with."""

from pathlib import Path

import pytest

from guide.catalogue.published import write_published
from guide.domain.slope import CatalogueSlope
from tiles.catalogue import read_catalogue
from tiles.download import Network
from tiles.jobs import prepare
from tiles.manifest import list_inputs


def test_what_the_desk_published_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HYAKUSAKA_DATA", str(tmp_path))
    first = prepare("sample", out=tmp_path / "build", network=Network(allowed=False))
    assert len(read_catalogue(first.sources).slopes) == 10
    write_published(tmp_path, "sample", "one", [CatalogueSlope(id="a", name="ある坂")])
    second = prepare("sample", out=tmp_path / "build", network=Network(allowed=False))
    assert [slope.id for slope in read_catalogue(second.sources).slopes] == ["a"]
    write_published(tmp_path, "sample", "two", [CatalogueSlope(id="b", name="別の坂")])
    # A build that has begun goes on with what it began with, and its manifest names just that.
    assert [slope.id for slope in read_catalogue(second.sources).slopes] == ["a"]
    (slopes,) = (record for record in list_inputs("sample", second.sources) if record.file == "slopes.csv")
    assert slopes.bytes == (tmp_path / "catalogue" / "sample" / "one" / "slopes.csv").stat().st_size
