"""The first look at an area: the catalogue files that it came with become its first entries."""

from collections.abc import Callable
from datetime import datetime
from itertools import chain, groupby
from pathlib import Path
from typing import Final

from guide.catalogue.store.database import Database
from guide.catalogue.store.schema import AreaRow
from guide.catalogue.tables import TABLES, read_table
from guide.catalogue.workflow.content import unpublished
from guide.catalogue.workflow.people import CLOCKWORK
from guide.catalogue.workflow.records import Origin, Stage
from guide.catalogue.workflow.rows import Doing

_STAGES: Final = {"published": Stage.PUBLISHED, "draft": Stage.DRAFT, "retired": Stage.ARCHIVED}
_MOST_NOTICED: Final = 100


class Seeding:
    """Makes areas known to the database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def ensure(self, area: str, folder: Path | None) -> bool:
        """Make an area known, with the entries of its files if it has some; whether that was done now.

        What files call published is published, without a publication: visitors see it already.

        Raises:
            SourceError: a catalogue file cannot be read at all.
        """
        with self._database.reading() as session:
            if session.get(AreaRow, area) is not None:
                return False
        readings = [
            read_table(table, folder / table.file)
            for table in TABLES.values()
            if folder is not None and (folder / table.file).is_file()
        ]
        with self._database.writing(area) as session:
            if session.get(AreaRow, area) is not None:
                return False
            doing = Doing(session=session, actor=CLOCKWORK, now=self._clock())
            session.add(AreaRow(id=area, publication=None, seeded_at=doing.now))
            session.flush()
            # A slope and a landmark of one id: the check tells of it, the first stands.
            entries = {entry.id: entry for entry in [*chain(*(reading.entries for reading in readings))][::-1]}
            for stage, some in groupby(
                reversed(entries.values()), lambda entry: _STAGES.get(entry.status, Stage.DRAFT)
            ):
                doing.add_entries(area, [unpublished(entry) for entry in some], Origin.SEED, stage)
            noticed = [finding.line() for reading in readings for finding in reading.findings]
            doing.log("seeded", area, entries=len(entries), noticed=noticed[:_MOST_NOTICED])
            return True
