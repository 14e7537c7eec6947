"""What a move needs of the engines on both sides."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ac_desktop.store.ports import Database, Owners, Sql
from ac_desktop.store.privacy.erasure import ErasableDatabase


@dataclass(frozen=True, kw_only=True)
class MovedQueue:
    """A queue that was moved into an office: its move's ID, and the names of its connections' keys."""

    id: str
    key_names: Sequence[str]


class OfficeTransaction(Protocol):
    """A transaction of an office that lasts as long as a move; it is rolled back unless it is committed."""

    @property
    def sql(self) -> Sql:
        """Its statements."""

    @property
    def is_admin(self) -> bool:
        """Whether this login is one of an administrator."""

    @property
    def moved_out(self) -> str | None:
        """The ID of the move by which the office was closed; None where it is open."""

    def moved_in(self) -> list[MovedQueue]:
        """Return the queues that were moved in."""

    def add_moved(self, queue: MovedQueue) -> None:
        """Remember a queue that is moved in."""

    def lock(self, connection_ids: Sequence[int]) -> None:
        """Let writers about these connections wait until the end."""

    def close_office(self, move_id: str) -> None:
        """Close the office: its queue is read-only from the commit on, and until then every writer waits."""

    def reopen_office(self) -> None:
        """Let the office be written again, from the commit on."""

    def commit(self) -> None:
        """Commit; other workstations are told."""


class OfficeQueue(Protocol):
    """An office's queue, as one of its people. Raise StoreError where the server refuses or cannot be reached."""

    def moving(self) -> AbstractContextManager[OfficeTransaction]:
        """Return a transaction; two moves wait for one another."""

    def opened(self) -> AbstractContextManager[tuple[Database, Owners]]:
        """Return its database and this process as an owner, for what is done before a move."""


class OwnQueue(Protocol):
    """The queue of a data folder. Raise StoreError where its files cannot be used, or another process uses them."""

    @property
    def folder(self) -> Path:
        """The data folder."""

    @property
    def exists(self) -> bool:
        """Whether the folder has a queue's file."""

    @property
    def has_connections(self) -> bool:
        """Whether the folder's queue, which is kept alone, has any connection: without one it has no donors."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes of ours out of the folder."""

    def opened(self) -> AbstractContextManager[tuple[ErasableDatabase, Owners]]:
        """Return the queue's database and this process as an owner, while the folder is kept."""

    def keep_read_only(self, name: str) -> Path:
        """Rename the file, which is closed, and make it read-only; return where it is now."""

    def arriving(self) -> AbstractContextManager[Database]:
        """Return the database of a new queue that is not in its place yet; at the end all of it is on the disk."""

    def count_on(self, sql: Sql, last: Mapping[str, int]) -> None:
        """Count on behind the IDs that another queue has given already, so that none is given again."""

    def put_in_place(self) -> None:
        """Make the new queue that of the folder, where it is not in its place yet."""
