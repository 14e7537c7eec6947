"""Column layouts of files, stored by the fingerprint of their headings, under names that people can change."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ac_desktop.store.ports import NO_CONNECTION, Database, Row, Sql

LONGEST_NAME: Final = 100
_COLUMNS: Final = "fingerprint, columns, date_order, changed_at, name, header, profile"


@dataclass(frozen=True)
class Layout:
    """A layout as a person chose it: field → heading (`""` for none), and the order of dates.

    `header` are the headings of its files, `profile` is the name of the profile that they were recognised as; both are
    empty where an older version stored it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    header: tuple[str, ...] = ()
    profile: str = ""


@dataclass(frozen=True, kw_only=True)
class KnownLayout:
    """A layout that is stored, with its name; no two names are equal but for capital letters."""

    fingerprint: str
    name: str
    layout: Layout
    changed_at: float


class Layouts:
    """Stores and returns the layouts that people chose."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, fingerprint: str) -> Layout | None:
        """Return the layout of files with these headings, None where it is not known."""
        row = self._database.row(f"SELECT {_COLUMNS} FROM layout WHERE fingerprint = ?", (fingerprint,))
        return _known(row).layout if row else None

    def all(self) -> list[KnownLayout]:
        """Return all layouts by their names."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM layout")
        return sorted(map(_known, rows), key=lambda one: (one.name.casefold(), one.fingerprint))

    def store(self, fingerprint: str, layout: Layout, now: float, *, name: str = "") -> None:
        """Store a layout for the next file with these headings; `name` is that of a new one, made unique."""
        with self._database.writing(NO_CONNECTION) as sql:
            row = sql.row("SELECT name FROM layout WHERE fingerprint = ?", (fingerprint,))
            named = (row["name"] if row else "") or _unique(" ".join(name.split())[:LONGEST_NAME], _names(sql))
            sql.execute(
                f"INSERT INTO layout ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (fingerprint) DO UPDATE SET columns = excluded.columns,"
                " date_order = excluded.date_order, changed_at = excluded.changed_at, name = excluded.name,"
                " header = excluded.header, profile = excluded.profile",
                (
                    fingerprint,
                    json.dumps(dict(layout.columns), ensure_ascii=False),
                    layout.date_order,
                    now,
                    named,
                    json.dumps(list(layout.header), ensure_ascii=False),
                    layout.profile,
                ),
            )

    def rename(self, fingerprint: str, name: str) -> bool:
        """Name a layout; False where it is gone, or the name is empty, too long or another one's."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME:
            return False
        with self._database.writing(NO_CONNECTION) as sql:
            others = _names(sql, but_for=fingerprint)
            if name.casefold() in others or not sql.row("SELECT 1 FROM layout WHERE fingerprint = ?", (fingerprint,)):
                return False
            sql.execute("UPDATE layout SET name = ? WHERE fingerprint = ?", (name, fingerprint))
        return True

    def remove(self, fingerprint: str) -> None:
        """Remove a layout: the next file with these headings is read as if nobody had ever matched it."""
        with self._database.writing(NO_CONNECTION) as sql:
            sql.execute("DELETE FROM layout WHERE fingerprint = ?", (fingerprint,))


def _known(row: Row) -> KnownLayout:
    header = tuple(json.loads(row["header"]))
    layout = Layout(json.loads(row["columns"]), row["date_order"], header, row["profile"])
    fingerprint = row["fingerprint"]
    name = row["name"] or f"layout-{fingerprint}"
    return KnownLayout(fingerprint=fingerprint, name=name, layout=layout, changed_at=row["changed_at"])


def _names(sql: Sql, but_for: str = "") -> set[str]:
    rows = sql.rows("SELECT fingerprint, name FROM layout WHERE fingerprint <> ?", (but_for,))
    return {(row["name"] or f"layout-{row['fingerprint']}").casefold() for row in rows}


def _unique(name: str, taken: set[str]) -> str:
    """Return a name that no layout has: “donors”, “donors (2)”; `""` stays, as its fingerprint names it."""
    found, number = name, 1
    while found and found.casefold() in taken:
        number += 1
        found = f"{name} ({number})"
    return found
