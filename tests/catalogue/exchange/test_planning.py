"""What a file would do: new, changed, the same, refused, row by row, before anything is done."""

from collections.abc import Callable
from pathlib import Path

import pytest

from guide.catalogue.exchange.applying import Applied
from guide.catalogue.exchange.incoming import Schema, read_incoming
from guide.catalogue.exchange.outgoing import geojson, own_csv
from guide.catalogue.exchange.planning import Outcome, Plan, plan_import
from guide.catalogue.municipal_csv import Publisher
from guide.catalogue.office import Office
from guide.catalogue.workflow.records import Origin, Stage
from guide.domain.entry import EntryKind
from guide.domain.errors import ConflictError, SourceError
from guide.domain.slope import CatalogueSlope
from tests.catalogue.offices import EDITOR, PUBLISHER, TOWN, slope

LINE = ((140.9, 42.3), (140.91, 42.3))
TOWNS_LIST = Publisher(prefix="town-list", credit="town", licence="CC-BY-4.0")
Planner = Callable[..., Plan]


@pytest.fixture
def plan(office: Office, tmp_path: Path) -> Planner:
    def plan(text: str, kind: EntryKind | None = None, encoding: str = "utf-8") -> Plan:
        path = tmp_path / "list.csv"
        path.write_bytes(text.encode(encoding))
        return plan_import(read_incoming(path, TOWNS_LIST, kind), office.applying.known(TOWN))

    return plan


def outcomes(plan: Plan) -> list[tuple[int, Outcome, str | None]]:
    return [(row.number, row.outcome, row.key) for row in plan.rows]


def apply(office: Office, plan: Plan) -> Applied:
    return office.applying.apply(EDITOR, TOWN, plan.file, plan.rows)


def test_each_row_is_told_what_it_would_do(plan: Planner) -> None:
    found = plan(
        "id,name,reading,lng,lat\ntown-01,一の坂,いちのさか,141.001,42.3\ntown-02,弐の坂,にのさか,141.0012,42.3\n,新坂,しんざか,140.9,42.3\n"
    )
    assert outcomes(found) == [
        (2, Outcome.SAME, "town-01"), (3, Outcome.CHANGED, "town-02"), (4, Outcome.NEW, None),
    ]  # fmt: skip
    (difference,) = found.rows[1].differences
    assert (difference.column, difference.before, difference.after) == ("name", "二の坂", "弐の坂")
    assert found.kind is EntryKind.SLOPE


def test_a_column_that_is_not_there_changes_nothing_and_an_empty_cell_empties(office: Office, plan: Planner) -> None:
    office.drafts.create(EDITOR, TOWN, slope(description_ja="話", note="控え"))
    found = plan("id,name,description_ja\nhachiman,八幡坂,\n")
    assert [each.column for each in found.rows[0].differences] == ["description_ja"]
    apply(office, found)
    entry = office.drafts.find(TOWN, "hachiman")[1].entry
    assert isinstance(entry, CatalogueSlope)
    assert (entry.description_ja, entry.note) == (None, "控え")


def test_a_cell_that_cannot_be_read_leaves_what_was_there(office: Office, plan: Planner) -> None:
    office.drafts.create(EDITOR, TOWN, slope(posted_grade_percent=23.0, lng_lat=(140.9, 42.3)))
    found = plan("id,name,posted_grade_percent,lng,lat\nhachiman,八幡,急,140.91,北緯\n")
    row = found.rows[0]
    assert [each.column for each in row.differences] == ["name"]
    assert {finding.code for finding in row.findings} == {"catalogue.not-a-number"}
    assert row.is_repaired
    assert "2 行目" in row.findings[0].place("ja")


def test_rows_without_an_id_are_known_by_their_name(plan: Planner) -> None:
    found = plan("名称,よみ\n一の坂,いちのさか\n知らない坂,しらないさか\n")
    assert outcomes(found) == [(2, Outcome.SAME, "town-01"), (3, Outcome.NEW, None)]
    assert [finding.code for finding in found.rows[0].findings] == ["import.matched-by-name"]


def test_a_name_that_two_have_means_neither(office: Office, plan: Planner) -> None:
    office.drafts.create(EDITOR, TOWN, slope("other", "一の坂"))
    assert outcomes(plan("名称,よみ\n一の坂,いちのさか\n")) == [(2, Outcome.NEW, None)]


def test_what_cannot_be_is_refused(plan: Planner) -> None:
    found = plan("id,name,lng,lat\ntown-sight-01,坂,1,2\ntown-01,一,141,42\ntown-01,また,141,42\n,,141,42\n")
    assert [(row.outcome, [finding.code for finding in row.findings]) for row in found.rows] == [
        (Outcome.REFUSED, ["import.other-kind"]),
        (Outcome.CHANGED, []),
        (Outcome.REFUSED, ["catalogue.repeated-id"]),
        (Outcome.REFUSED, ["catalogue.no-id"]),
    ]


def test_a_file_does_not_decide_what_is_published(office: Office, plan: Planner) -> None:
    found = plan("id,name,status\ntown-01,一の坂,retired\n,新坂,公開\n")
    assert outcomes(found) == [(2, Outcome.SAME, "town-01"), (3, Outcome.NEW, None)]
    applied = apply(office, found)
    record, revision = office.drafts.find(TOWN, applied.created[0])
    assert (record.key, record.stage, revision.origin, revision.note) == (
        "town-04",
        Stage.DRAFT,
        Origin.FILE,
        "list.csv",
    )


def test_the_chosen_rows_become_drafts_all_or_none(office: Office, plan: Planner) -> None:
    found = plan("id,name\ntown-01,壱の坂\ntown-02,弐の坂\nnew,新坂\n")
    office.drafts.save(PUBLISHER, TOWN, slope("town-02", "誰かの坂"), 1)
    with pytest.raises(ConflictError, match="Tanaka"):
        apply(office, found)
    assert office.drafts.find(TOWN, "town-01")[0].name == "一の坂"
    chosen = [row for row in found.rows if row.key != "town-02"]
    applied = office.applying.apply(EDITOR, TOWN, found.file, chosen)
    assert (applied.created, applied.changed) == (("new",), ("town-01",))
    assert office.log.lines(by="Sato")[0].detail["created"] == 1


def test_what_goes_out_comes_back_as_the_same(office: Office, plan: Planner) -> None:
    office.drafts.create(EDITOR, TOWN, slope(description_ja="=SUM(1)\n二行", lng_lat=(140.9, 42.3), line=LINE))
    text = own_csv(EntryKind.SLOPE, office.listing.contents(TOWN, EntryKind.SLOPE, published=False))
    assert {row.outcome for row in plan(text.decode("utf-8-sig")).rows} == {Outcome.SAME}
    assert b'"type":"LineString"' in geojson([slope(line=LINE)])


def test_a_towns_own_list_becomes_landmarks(office: Office, plan: Planner) -> None:
    text = (
        "都道府県コード又は市区町村コード,NO,名称,名称_カナ,緯度,経度,説明,備考\n"
        "012050,1,展望台,ﾃﾝﾎﾞｳﾀﾞｲ,42.31,141.001,眺め,x\n"
        "012050,2,港の博物館,,42.3,141.0012,,\n"
        "012050,3,,,42.3,141.0012,,\n"
    )
    found = plan(text, encoding="cp932")
    assert (found.schema, found.kind) == (Schema.MUNICIPAL, EntryKind.LANDMARK)
    assert [row.outcome for row in found.rows] == [Outcome.NEW, Outcome.NEW, Outcome.REFUSED]
    apply(office, found)
    again = plan(text, encoding="cp932")
    assert [row.outcome for row in again.rows][:2] == [Outcome.SAME, Outcome.SAME]
    entry = office.drafts.find(TOWN, "town-list-2")[1].entry
    assert (entry.name, entry.licence) == ("港の博物館", "CC-BY-4.0")  # type: ignore[union-attr]


def test_the_table_is_seen_by_its_columns(plan: Planner) -> None:
    assert plan("番号,種類,名称,緯度,経度,営業時間\nx,sight,塔,42.3,140.9,終日\n").kind is EntryKind.LANDMARK
    assert plan("id,name,stops\nx,めぐり,town-01;town-02\n").kind is EntryKind.TOUR
    assert plan("id,種類,坂,開始,終了\nx,通行止め,town-01,2026-12-01,\n").kind is EntryKind.CLOSURE
    assert plan("id,name,lng,lat\nx,塔,140.9,42.3\n", EntryKind.LANDMARK).kind is EntryKind.LANDMARK


@pytest.mark.parametrize("text", ["", "\n\n", "これは表ではありません\n"])
def test_what_is_no_table_is_said_in_one_sentence(plan: Planner, text: str) -> None:
    with pytest.raises(SourceError, match=r"list\.csv"):
        plan(text)
