"""Who is changing a record in an office: rows that count while their owner is seen, and go with it."""

from typing import TYPE_CHECKING, Final

from ac_desktop.model.editor import Editor
from ac_desktop.store.engines.postgres.sql import IS_SEEN

if TYPE_CHECKING:
    from ac_desktop.store.ports import Database, Owners

_BEGIN: Final = """
    INSERT INTO editing (record_id, owner) VALUES (?, ?) ON CONFLICT (record_id, owner) DO NOTHING
"""
_END: Final = "DELETE FROM editing WHERE record_id = ? AND owner = ?"
_OTHERS: Final = f"""
    SELECT DISTINCT owner.person, owner.workstation FROM editing JOIN owner ON owner.id = editing.owner
    WHERE editing.record_id = ? AND owner.id <> ? AND {IS_SEEN}
    ORDER BY owner.person, owner.workstation
"""


class PostgresEditing:
    """The records that are being changed, and that this process changes."""

    def __init__(self, database: "Database", owners: "Owners") -> None:
        self._database = database
        self._owners = owners

    def begin(self, record_id: int) -> list[Editor]:
        """Show the others that this workstation changes a record; return who else does."""
        with self._database.writing() as sql:
            sql.execute(_BEGIN, (record_id, self._owners.me))
        return self.others(record_id)

    def end(self, record_id: int) -> None:
        """Show that it does no more."""
        with self._database.writing() as sql:
            sql.execute(_END, (record_id, self._owners.me))

    def others(self, record_id: int) -> list[Editor]:
        """Return who else changes a record."""
        rows = self._database.rows(_OTHERS, (record_id, self._owners.me))
        return [Editor(row["person"], row["workstation"]) for row in rows]
