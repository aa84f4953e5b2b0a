"""The log: who did what when. It is written by the acts themselves and only read here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import LogRow

PAGE_LINES: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One act. ``key`` is the entry's or the account's; ``detail`` says more of it."""

    id: int
    made_at: datetime
    made_by: str
    act: str
    area: str | None
    key: str | None
    detail: dict[str, Any]


class Log:
    """Reads the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def lines(
        self, *, area: str | None = None, key: str | None = None, by: str | None = None, before: int | None = None,
        limit: int = PAGE_LINES,
    ) -> list[LogLine]:  # fmt: skip
        """The latest acts first; ``before`` goes on from a page's last line."""
        query = select(LogRow)
        for column, value in ((LogRow.area, area), (LogRow.key, key), (LogRow.made_by, by)):
            if value is not None:
                query = query.where(column == value)
        if before is not None:
            query = query.where(LogRow.id < before)
        with self._database.reading() as session:
            return [
                LogLine(
                    id=row.id, made_at=row.made_at, made_by=row.made_by, act=row.act, area=row.area, key=row.key,
                    detail=row.detail,
                )
                for row in session.scalars(query.order_by(LogRow.id.desc()).limit(limit))
            ]  # fmt: skip
