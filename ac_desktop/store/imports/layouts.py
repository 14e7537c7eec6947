"""Which column is which field, remembered by the fingerprint of a file's headings."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from ac_desktop.store.engines.sqlite.database import Database


@dataclass(frozen=True)
class Layout:
    """What a person said about files of one layout: field → heading (`""` for none), and how dates are ordered."""

    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""


class Layouts:
    """The layouts that people were asked about once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, fingerprint: str) -> Layout | None:
        """Return what was said about files with these headings."""
        row = self._database.row("SELECT columns, date_order FROM layout WHERE fingerprint = ?", (fingerprint,))
        return Layout(json.loads(row[0]), row[1]) if row else None

    def keep(self, fingerprint: str, layout: Layout, now: float) -> None:
        """Remember it for the next file with these headings."""
        with self._database.writing() as sql:
            sql.execute(
                "INSERT OR REPLACE INTO layout (fingerprint, columns, date_order, changed_at) VALUES (?, ?, ?, ?)",
                (fingerprint, json.dumps(dict(layout.columns), ensure_ascii=False), layout.date_order, now),
            )
