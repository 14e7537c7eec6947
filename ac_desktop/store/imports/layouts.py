"""Column layouts of files, stored by the fingerprint of their headings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ac_desktop.store.ports import NO_CONNECTION, Database


@dataclass(frozen=True)
class Layout:
    """A layout as a person chose it: field → heading (`""` for none), and the order of dates."""

    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""


class Layouts:
    """Stores and returns the layouts that people chose."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, fingerprint: str) -> Layout | None:
        """Return the layout of files with these headings, None where it is not known."""
        row = self._database.row("SELECT columns, date_order FROM layout WHERE fingerprint = ?", (fingerprint,))
        return Layout(json.loads(row["columns"]), row["date_order"]) if row else None

    def store(self, fingerprint: str, layout: Layout, now: float) -> None:
        """Store a layout for the next file with these headings."""
        with self._database.writing(NO_CONNECTION) as sql:
            sql.execute(
                "INSERT INTO layout (fingerprint, columns, date_order, changed_at) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (fingerprint) DO UPDATE SET columns = excluded.columns,"
                " date_order = excluded.date_order, changed_at = excluded.changed_at",
                (fingerprint, json.dumps(dict(layout.columns), ensure_ascii=False), layout.date_order, now),
            )
