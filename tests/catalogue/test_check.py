"""guide check: what a person without GIS is told."""

import json
import re
from pathlib import Path

import pytest

import guide
from guide.__main__ import main
from guide.area.read import open_area
from guide.checking import Checked, check_catalogue
from guide.domain.findings import Severity
from guide.domain.texts import keys
from tests.api.built_area import write_area
from tiles.areas import area_folder, list_areas

AREA = "bbox = [140.9, 42.2, 141.1, 42.4]\n"
SLOPES = "id,name,reading,lng,lat,line,description_ja,licence,credit,sources,photo,photo_credit,photo_licence\n"
PHOTO = "/api/town/photos/0123456789abcdef01234567-1600x1067.jpg"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "area.toml").write_text(AREA, encoding="utf-8")
    return folder


def check(town: Path, *rows: str) -> list[tuple[str, str | None]]:
    """The codes and columns of what is found."""
    (town / "slopes.csv").write_text(SLOPES + "\n".join(rows) + "\n", encoding="utf-8")
    return told(check_catalogue(town))


def told(checked: Checked) -> list[tuple[str, str | None]]:
    return [
        (finding.code.removeprefix("catalogue."), finding.cell.column if finding.cell else None)
        for finding in checked.findings
    ]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("a,坂,さか,140.95,43.0,,,,,s,,,", "outside-area", "lng, lat"),
        ("a,坂,さか,42.3,140.95,,,,,s,,,", "swapped", "lng, lat"),
        ("a,坂,さか,,,,,,,s,,,", "unplaced", "lng, lat"),
        ("a,坂,さか,140.95,42.3,140.95 42.3; 1,,,,s,,,", "not-a-line", "line"),
        ('a,坂,さか,140.95,42.3,"140.95 42.3, 139 42.3",,,,s,,,', "outside-area", "line"),
        ("a,坂,,140.95,42.3,,,,,s,,,", "no-reading", "reading"),
        ("a,坂,坂,140.95,42.3,,,,,s,,,", "reading-not-kana", "reading"),
        ("a b,坂,さか,140.95,42.3,,,,,s,,,", "odd-id", "id"),
        ("坂,坂,さか,140.95,42.3,,,,,s,,,", "odd-id", "id"),
        ("a,坂,さか,140.95,42.3,,話,,,s,,,", "text-without-licence", "licence"),
        ("a,坂,さか,140.95,42.3,,話,MIT,,,,,", "text-without-credit", "credit"),
        ("a,坂,さか,140.95,42.3,,,,,,,,", "row-without-source", "sources"),
        (
            f"a,坂,さか,140.95,42.3,,,,,s,{PHOTO},,CC0",
            "photo-without-credit",
            "photo_credit",
        ),
        (
            f"a,坂,さか,140.95,42.3,,,,,s,{PHOTO},K,",
            "photo-without-licence",
            "photo_licence",
        ),
        ("a,坂,さか,140.95,42.3,,,,,s,p.jpg,K,CC0", "photo-elsewhere", "photo"),
    ],
)
def test_a_row_is_told_what_it_lacks(town: Path, row: str, code: str, column: str) -> None:
    assert check(town, row) == [(code, column)]


def test_a_good_row_is_told_nothing(town: Path) -> None:
    assert check(town, f'a,坂,さか,140.95,42.3,"140.95 42.3, 140.951 42.3",話,MIT,K,s,{PHOTO},K,CC0') == []
    assert check(town, "a,トッカリショ,,140.95,42.3,,,,,s,,,") == []  # kana read themselves


def test_exchanged_degrees_that_both_could_be_are_known_by_the_area(tmp_path: Path) -> None:
    (tmp_path / "area.toml").write_text("bbox = [-8.8, 40.9, -8.3, 41.4]\n", encoding="utf-8")
    assert check(tmp_path, "a,Rua,,41.1,-8.6,,,,,s,,,") == [("swapped-in-area", "lng, lat")]


def test_two_slopes_on_one_spot_name_each_other(town: Path) -> None:
    assert check(town, "a,坂,さか,140.95,42.3,,,,,s,,,", "b,段,だん,140.950001,42.3,,,,,s,,,") == [
        ("same-spot", "lng, lat")
    ]
    (finding,) = check_catalogue(town).findings
    assert "坂" in finding.message("ja")
    assert "2 行目" in finding.message("ja")


def test_tours_visit_what_there_is(town: Path) -> None:
    (town / "slopes.csv").write_text("id,name,sources\na,さか,s\n", encoding="utf-8")
    (town / "landmarks.csv").write_text(
        "id,kind,name,lng,lat,sources\nm,sight,みる,140.95,42.3,s\na,sight,みる,140.96,42.3,s\n", encoding="utf-8"
    )
    (town / "tours.csv").write_text("id,name,stops,sources\nt,めぐり,a:up;m:down;x;node-12,s\n", encoding="utf-8")
    expected = {
        ("id-in-both", "id"),
        ("landmark-direction", "stops"),
        ("unknown-stop", "stops"),
        ("unplaced", "lng, lat"),
    }
    assert set(told(check_catalogue(town))) == expected
    alone = told(check_catalogue(town / "tours.csv"))  # the files beside it are looked up, not checked
    assert set(alone) == {("landmark-direction", "stops"), ("unknown-stop", "stops")}


def test_a_built_area_tells_what_lies_off_its_streets(tmp_path: Path) -> None:
    """The drawn town: 八幡 climbs from B to E; A and B are a street apart on the low side."""
    built = open_area(write_area(tmp_path / "build"))
    assert built.streets is not None
    line = built.slopes[0].line
    assert line is not None
    up = ", ".join(f"{lng} {lat}" for lng, lat in line)
    down = ", ".join(f"{lng} {lat}" for lng, lat in line[::-1])
    lng, lat = line[0]
    sea = f"{lng} {lat}, {lng} {lat - 0.004}"
    path = tmp_path / "slopes.csv"
    path.write_text(
        "id,name,reading,lng,lat,line,sources\n"
        f'up,坂,さか,,,"{up}",s\n'
        f'down,坂,さか,{lng},{lat},"{down}",s\n'
        f'sea,坂,さか,{lng + 0.0001},{lat},"{sea}",s\n'
        f"far,坂,さか,{lng},{lat - 0.05},,s\n"
        f"lost,迷坂,さか,{lng},{lat + 0.0002},,s\n",
        encoding="utf-8",
    )
    found = [(finding.cell.row if finding.cell else 0, finding.code.removeprefix("catalogue."))
             for finding in check_catalogue(path, built).findings]  # fmt: skip
    assert found == [(3, "falls"), (4, "off-street"), (5, "far-from-any-street"), (6, "no-line")]


def test_an_id_that_is_served_under_another_name_is_asked_about(tmp_path: Path) -> None:
    built = open_area(write_area(tmp_path / "build"))
    path = tmp_path / "slopes.csv"
    text = "id,name,reading,other_names,sources\nhachiman,仏坂,ほとけざか,{},s\n"
    path.write_text(text.format(""), encoding="utf-8")
    assert ("id-renamed", "id") in told(check_catalogue(path, built))
    path.write_text(text.format("八幡坂"), encoding="utf-8")
    assert ("id-renamed", "id") not in told(check_catalogue(path, built))


@pytest.mark.parametrize("area", [area for area in list_areas() if (area_folder(area) / "slopes.csv").is_file()])
def test_the_catalogues_that_come_along_are_clean(area: str) -> None:
    checked = check_catalogue(area_folder(area))
    assert [finding.line() for finding in checked.findings if finding.severity is Severity.BLOCKING] == []
    warnings = {finding.code for finding in checked.findings if finding.severity is Severity.WARNING}
    assert warnings <= ({"catalogue.same-spot"} if area == "nagasaki" else set())  # as its source has them
    assert checked.rows >= 10


def test_muroran_has_all_its_places() -> None:
    ids: list[str] = []
    for name in ("slopes.csv", "landmarks.csv"):
        lines = (area_folder("muroran") / name).read_text(encoding="utf-8-sig").splitlines()
        ids += [line.split(",")[0] for line in lines[1:]]
    places = {each for each in ids if re.fullmatch(r"muroran-\d\d", each)}
    assert places == {f"muroran-{number:02d}" for number in range(1, 53)}
    assert len(ids) == len(set(ids)) == 52 + 19 - 5  # five sights are places of the app too


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["check", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_speaks_the_readers_language(
    town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check(town, "a,坂,,140.95,42.3,,,,,s,,,")
    path = str(town)
    monkeypatch.setenv("HYAKUSAKA_DATA", str(town))
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    code, out, _ = run(capsys, path)
    assert code == 0
    assert "slopes.csv 2 行目「reading」【確認】「坂」のよみがありません。\n    直し方: " in out
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert "slopes.csv, row 2, reading [please check] '坂' has no reading.\n    How: " in run(capsys, path)[1]
    assert "よみ" in run(capsys, path, "--lang", "ja")[1]


def test_the_command_says_whether_anything_blocks(
    town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYAKUSAKA_DATA", str(town))
    check(town, "a,坂,さか,140.95,43.0,,,,,s,,,")
    code, out, _ = run(capsys, str(town / "slopes.csv"), "--json")
    reply = json.loads(out)
    assert code == 1
    assert (reply["blocking"], reply["rows"]) == (1, 1)
    (finding,) = reply["findings"]
    assert (finding["file"], finding["row"], finding["column"]) == ("slopes.csv", 2, "lng, lat")
    assert finding["message_ja"]
    assert finding["mend_en"]
    for broken in (town / "nothing.csv", town.parent, town / "area.toml"):
        code, out, err = run(capsys, str(broken))
        assert (code, out, err.count("\n")) == (2, "", 1)
    code, _, err = run(capsys, str(town), "--area", "atlantis")
    assert code == 2
    assert "atlantis" in err


def test_what_stands_in_every_row_is_not_told_for_each(
    town: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HYAKUSAKA_DATA", str(town))
    check(town, *(f"a{number},坂,,140.95,42.3{number:03d},,,,,s,,," for number in range(500)))
    _, out, _ = run(capsys, str(town), "--lang", "en")
    assert out.count("has no reading") == 21
    assert "480 more rows" in out
    assert len(json.loads(run(capsys, str(town), "--json")[1])["findings"]) == 500


def test_every_finding_about_a_catalogue_has_its_sentences_and_says_how_to_mend_it() -> None:
    used = set()
    for path in Path(str(guide.__file__)).parent.rglob("catalogue/**/*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'"catalogue\.([a-z-]+)"', text))
        used |= set(re.findall(r'(?:complain|remark)\([^)]*?"([a-z]+-[a-z-]+|swapped|formula|markup)"', text))
    assert len(used) > 30
    for language in ("ja", "en"):
        assert {f"catalogue.{name}" for name in used} <= keys(language)
        assert {f"catalogue.{name}-mend" for name in used} <= keys(language)
