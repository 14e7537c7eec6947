"""The keys of the hashes that move: an office without donors takes those of the queue, any other keeps its own.

Row hashes are made anew with the office's key. Those of donations that were fetched cannot be, as the donations are not
stored: their key comes along, so that what a person took out of the queue is not brought back by a schedule.
"""

from dataclasses import dataclass

from ac_desktop.store.imports.row_hashes import ROW_HASH_KEY
from ac_desktop.store.ports import Sql
from ac_desktop.store.queue.known_donations import DONATION_KEY


@dataclass(frozen=True)
class HashKeys:
    """The key of the row hashes where they come from, and where they go; None without one."""

    old: bytes | None
    new: bytes | None

    @property
    def differ(self) -> bool:
        """Whether row hashes have to be made anew."""
        return self.old is not None and self.old != self.new


def move_secrets(source: Sql, target: Sql) -> HashKeys:
    """Store the secrets that the target needs; return the keys of the row hashes."""
    mine, theirs = _secrets(source), _secrets(target)
    if target.row("SELECT id FROM connection LIMIT 1") is None:
        for name in mine:
            target.execute("DELETE FROM secret WHERE name = ?", (name,))
        theirs = {}
    for name, value in mine.items():
        if name not in theirs:
            _insert(target, name, value)
        elif name.split(" ")[0] == DONATION_KEY and value not in theirs.values():
            _insert(target, _free_name(set(theirs) | set(mine)), value)
    old = mine.get(ROW_HASH_KEY)
    return HashKeys(old, theirs.get(ROW_HASH_KEY, old))


def _insert(target: Sql, name: str, value: bytes) -> None:
    target.execute("INSERT INTO secret (name, value) VALUES (?, ?)", (name, value))


def _secrets(sql: Sql) -> dict[str, bytes]:
    return {row["name"]: bytes(row["value"]) for row in sql.rows("SELECT name, value FROM secret")}


def _free_name(taken: set[str]) -> str:
    number = 2
    while f"{DONATION_KEY} {number}" in taken:
        number += 1
    return f"{DONATION_KEY} {number}"
