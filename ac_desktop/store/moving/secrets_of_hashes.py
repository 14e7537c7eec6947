"""The keys of the hashes that move: an office without donors takes those of the queue, any other keeps its own.

Row hashes are made anew with the office's key. Where they cannot be, as what was hashed is not stored any more, the
key comes along: neither a person who was erased nor what was taken out of the queue is brought back by a file, and so
it is with donations that were fetched.
"""

from dataclasses import dataclass
from typing import Final

from ac_desktop.store.imports.row_hashes import ROW_HASH_KEY
from ac_desktop.store.ports import Sql
from ac_desktop.store.queue.known_donations import DONATION_KEY
from ac_desktop.store.statements import free_name

_KINDS: Final = (ROW_HASH_KEY, DONATION_KEY)


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
        elif name != ROW_HASH_KEY and value not in theirs.values():
            _insert_beside(target, name, value)
    old = mine.get(ROW_HASH_KEY)
    return HashKeys(old, theirs.get(ROW_HASH_KEY, old))


def keep_old_key(target: Sql, keys: HashKeys) -> None:
    """Store the key of row hashes that stay as they are, so that rows are recognised by it too."""
    if keys.old is not None:
        _insert_beside(target, ROW_HASH_KEY, keys.old)


def _insert_beside(target: Sql, name: str, value: bytes) -> None:
    """Store another secret of a kind, with a number behind its name."""
    kind = next(one for one in _KINDS if name.startswith(one))
    _insert(target, free_name(kind, set(_secrets(target))), value)


def _insert(target: Sql, name: str, value: bytes) -> None:
    target.execute("INSERT INTO secret (name, value) VALUES (?, ?)", (name, value))


def _secrets(sql: Sql) -> dict[str, bytes]:
    """Return the keys of hashes that move; others belong to their office alone."""
    rows = sql.rows("SELECT name, value FROM secret")
    return {row["name"]: bytes(row["value"]) for row in rows if row["name"].startswith(_KINDS)}
