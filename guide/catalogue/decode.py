"""From a spreadsheet's bytes to its text: Excel saves in more than one encoding and does not say which."""

import codecs
from pathlib import Path
from typing import Final

from guide.domain.errors import SourceError, UnreadableTableError
from guide.domain.findings import Cell, Finding, Severity, cell_finding

LARGEST_BYTES: Final = 64 * 2**20
"""A catalogue of 10,000 rows has some megabytes; far more is another kind of file."""

_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods; .xls
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROKEN: Final = "\ufffd"
_NUL_SHARE: Final = 0.1
"""A text may have caught a stray zero byte; a program's own file is full of them."""

_BROKEN_SHARE: Final = 0.1
"""With fewer broken characters than this share of the foreign ones, a file is damaged UTF-8 and not another code."""


def read_text(path: Path) -> tuple[str, list[Finding]]:
    """The text of a file in UTF-8 (with or without mark), UTF-16 (Excel's “Unicode text”) or CP932 (Shift-JIS).

    Damaged characters become U+FFFD, which the rows' reader reports where it meets them.

    Raises:
        SourceError: there is no such file, or it is not a text.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableTableError("table.too-large", file=path.name, most=LARGEST_BYTES // 2**20)
        content = path.read_bytes()
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror
        raise SourceError(f"{path}: {reason}.") from error
    if content.startswith(_WORKBOOKS):
        raise UnreadableTableError("table.is-workbook", file=path.name)
    if content.startswith(_UTF16):
        return content.decode("utf-16", errors="replace"), []
    if content.count(b"\0") > _NUL_SHARE * len(content):
        raise UnreadableTableError("table.no-text", file=path.name)
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _other_code(path, content)


def _other_code(path: Path, content: bytes) -> tuple[str, list[Finding]]:
    as_utf8 = content.decode("utf-8-sig", errors="replace")
    foreign = sum(character > "\x7f" for character in as_utf8)
    if as_utf8.count(_BROKEN) < _BROKEN_SHARE * foreign:
        return as_utf8, []
    as_cp932 = content.decode("cp932", errors="replace")
    if as_cp932.count(_BROKEN) > _BROKEN_SHARE * len(as_cp932):
        raise UnreadableTableError("table.unknown-code", file=path.name)
    return as_cp932, [cell_finding("catalogue.shift-jis", Cell(file=path.name), Severity.INFO)]
