"""``python -m guide import AREA FILE``: a spreadsheet's rows as drafts at the desk."""

import argparse
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from guide.catalogue.exchange.incoming import read_all_incoming
from guide.catalogue.exchange.planning import Outcome, Plan, PlannedRow, plan_import
from guide.catalogue.municipal_csv import Publisher
from guide.catalogue.workflow.people import COMMAND_LINE
from guide.command_line import BLOCKED, DONE
from guide.commands.check import terminal_language
from guide.commands.desk import office_of, open_area
from guide.domain.entry import EntryKind
from guide.domain.texts import LANGUAGES, say
from guide.settings import Settings

_MOST_LINES: Final = 50


def add_import(commands: "argparse._SubParsersAction[Any]") -> None:
    """Put the command among the others."""
    command = commands.add_parser("import", help="read a spreadsheet (CSV or .xlsx) and make drafts of its rows")
    command.add_argument("area", metavar="AREA")
    command.add_argument("file", type=Path, metavar="FILE", help="own columns, or a town's list of sights")
    command.add_argument("--kind", choices=[kind.value for kind in EntryKind], help="what the rows are (default: seen)")
    command.add_argument("--credit", default="", help="whose a town's list is")
    command.add_argument("--licence", default="", help="the terms of a town's list, such as CC-BY-4.0")
    command.add_argument("--dry-run", action="store_true", help="only say what would be done")
    command.add_argument("--lang", choices=LANGUAGES, help="ja or en (default: the terminal's)")
    command.add_argument("--json", action="store_true", help="print what each row does as JSON")
    command.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace) -> int:
    """Compare, and apply unless told not to; rows that are refused make the exit code 1.

    Raises:
        SourceError: the file cannot be read at all.
        UnknownAreaError: there is no such area.
    """
    settings = Settings.from_environment()
    area: str = arguments.area
    publisher = Publisher(prefix=f"{area}-list", credit=arguments.credit, licence=arguments.licence)
    kind = EntryKind(arguments.kind) if arguments.kind else None
    tables = read_all_incoming(arguments.file, publisher, kind)
    with office_of(settings) as office:
        open_area(office, settings, area)
        known = office.applying.known(area)
        plans = [plan_import(incoming, known) for incoming in tables]
        if not arguments.dry_run:
            rows = [row for plan in plans for row in plan.rows]
            office.applying.apply(COMMAND_LINE, area, arguments.file.name, rows)
    if arguments.json:
        told = {"file": arguments.file.name, "tables": [to_json(plan) for plan in plans]}
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n")
    else:
        language = arguments.lang or terminal_language()
        lines = [line for plan in plans for line in to_lines(plan, language, dry=arguments.dry_run)]
        sys.stdout.writelines(f"{line}\n" for line in lines)
    return BLOCKED if any(plan.count(Outcome.REFUSED) for plan in plans) else DONE


def to_lines(plan: Plan, language: str, *, dry: bool) -> list[str]:
    """What a person reads."""
    lines = [finding.message(language) for finding in plan.findings]
    told = [row for row in plan.rows if row.outcome is not Outcome.SAME or row.findings]
    for row in told[:_MOST_LINES]:
        lines.append(_line(row, language))
        lines += [say(language, "check.mend", how=finding.message(language)) for finding in row.findings]
    if len(told) > _MOST_LINES:
        lines.append(say(language, "import.more", count=len(told) - _MOST_LINES))
    counts = {outcome.value: plan.count(outcome) for outcome in Outcome}
    return [*lines, say(language, "import.would" if dry else "import.done", file=plan.file, **counts)]


def _line(row: PlannedRow, language: str) -> str:
    return say(
        language,
        "import.row",
        row=row.number,
        outcome=say(language, f"import.{row.outcome}"),
        name=row.name or row.key or "",
        columns=", ".join(each.column for each in row.differences),
    )


def to_json(plan: Plan) -> dict[str, Any]:
    """What a program reads."""
    return {
        "kind": plan.kind,
        "schema": plan.schema,
        **{outcome.value: plan.count(outcome) for outcome in Outcome},
        "rows": [
            {
                "row": row.number,
                "outcome": row.outcome,
                "id": row.key,
                "name": row.name,
                "repaired": row.is_repaired,
                "differences": row.differences,
                "findings": [
                    {"code": finding.code, **{f"message_{each}": finding.message(each) for each in LANGUAGES}}
                    for finding in row.findings
                ],
            }
            for row in plan.rows
        ],
    }
