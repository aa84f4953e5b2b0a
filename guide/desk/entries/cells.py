"""From a form to the cells of a row, which the catalogue's own reader reads: a form is a row typed by hand."""

from dataclasses import dataclass, field

from guide.catalogue.cells import Cells, read_cells
from guide.desk.entries.fields import Field, Widget, list_fields
from guide.desk.forms import Form
from guide.domain.entry import Entry, EntryKind
from guide.domain.findings import Cell, Finding, Severity, cell_finding


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedEntry:
    """What a form says: its cells, the entry that they make (None where that needs more), and what was noticed."""

    kind: EntryKind
    cells: Cells
    entry: Entry | None
    findings: tuple[Finding, ...] = field(default=())

    @property
    def unreadable(self) -> list[Finding]:
        """What keeps it from being saved: something typed that would be lost."""
        return [finding for finding in self.findings if finding.severity is Severity.BLOCKING]


def typed_entry(kind: EntryKind, form: Form, key: str) -> TypedEntry:
    """The entry of a form; its id is the address's, not the form's."""
    cells = typed_cells(kind, form) | {"id": key}
    entry, findings = read_cells(kind, cells)
    findings += [
        cell_finding("entry.too-long", Cell(file="", column=each.column), Severity.BLOCKING, most=each.longest)
        for each in list_fields(kind)
        if len(cells.get(each.column, "")) > each.longest
    ]
    return TypedEntry(kind=kind, cells=cells, entry=entry, findings=tuple(findings))


def typed_cells(kind: EntryKind, form: Form) -> dict[str, str]:
    """The cells of a form, empty ones left out."""
    cells: dict[str, str] = {}
    for each in list_fields(kind):
        cells |= _cells_of(each, form)
    return {column: text for column, text in cells.items() if text}


def _cells_of(field_: Field, form: Form) -> dict[str, str]:
    column = field_.column
    match field_.widget:
        case Widget.TICKS:
            return {column: ";".join(form.texts(column))}
        case Widget.MANY:
            return {column: ";".join(filter(None, map(str.strip, form.text(column).splitlines())))}
        case Widget.MOMENT:
            return {column: f"{form.text(column)} {form.text(f'{column}_time')}".strip()}
        case Widget.MAP:
            return {name: form.text(name) for name in ("lng", "lat", "line")}
        case _:
            return {column: form.text(column)}
