"""A slope as a suggestion would have it: read as every row is, so that nothing gets in that a form refuses."""

from dataclasses import replace

from guide.catalogue.cells import cells_of, read_cells
from guide.catalogue.plain_text import tidy, without_markup
from guide.catalogue.suggestions.words import LONGEST_TEXT, Suggestion
from guide.domain.entry import EntryKind
from guide.domain.errors import DeskError
from guide.domain.findings import Severity
from guide.domain.slope import CatalogueSlope
from guide.domain.texts import say


def with_suggestion(slope: CatalogueSlope, suggestion: Suggestion, text: str) -> CatalogueSlope:
    """The slope with ``text`` in the column that the suggestion is about, else in the desk's own note, and thanks.

    Raises:
        DeskError: the text is empty, too long, or cannot be read in that column.
    """
    text = without_markup(tidy(text)).strip()
    if not text:
        raise DeskError("suggestion.empty")
    if len(text) > LONGEST_TEXT:
        raise DeskError("suggestion.too-long", most=LONGEST_TEXT)
    column = suggestion.suggested.about.column
    if column is None:
        changed = replace(slope, note="\n".join(filter(None, (slope.note, text))))
    else:
        entry, findings = read_cells(EntryKind.SLOPE, {**cells_of(slope), column: text})
        mine = [each for each in findings if each.cell and each.cell.column == column]
        grave = next((each for each in mine if each.severity is Severity.BLOCKING), None)
        if grave is not None or not isinstance(entry, CatalogueSlope):
            raise DeskError("suggestion.unreadable", what=grave or text)
        changed = entry
    return replace(changed, sources=tuple(dict.fromkeys((*changed.sources, _thanks(suggestion)))))


def _thanks(suggestion: Suggestion) -> str:
    """Whom the town thanks, as it will stand among the sources."""
    suggested = suggestion.suggested
    day = f"{suggestion.made_at:%Y-%m-%d}"
    if suggested.thanks is None:
        return say(suggested.language, "suggestion.source", day=day)
    return say(suggested.language, "suggestion.source-named", name=suggested.thanks.replace(";", ","), day=day)
