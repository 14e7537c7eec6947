"""Opens a store: the one place that chooses its engine and names it.

What only some engines have is asked for here: `backups_of` returns None for an engine without backups of its own.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.paths import is_on_network
from ac_desktop.store.backups import FILE_NAME, Backups, MovedDatabase, RestoredBackup
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.folder_files import MEMBERSHIP_FILE, MOVE_MARKER
from ac_desktop.store.ports import Database, Owners, ReadAnswers

if TYPE_CHECKING:
    from ac_desktop.store.engines.postgres.database import PostgresDatabase
    from ac_desktop.store.engines.postgres.rate_limit_store import PostgresRateLimitStore
    from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore
    from ac_desktop.store.moving.queue_moves import QueueMoves
    from ac_desktop.store.moving.sides import OfficeQueue
    from ac_desktop.store.office.duty import Duties
    from ac_desktop.store.office.editing import Editing
    from ac_desktop.store.office.folder_use import OfficeUse
    from ac_desktop.store.office.membership import OfficeMembership
    from ac_desktop.store.office.office_folder import OfficeFolder
    from ac_desktop.store.office.office_server import OfficeServer
    from ac_desktop.store.office.outbox import Outbox
    from ac_desktop.store.office.place import OfficePlace, OfficePresence
    from ac_desktop.store.office_address import OfficeAddress, OfficeLogin
    from ac_desktop.store.privacy.anonymise import AddressMask
    from ac_desktop.store.privacy.erasure import WipedFiles


class StoreEngine(StrEnum):
    """What keeps a store."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


@dataclass(frozen=True)
class StoreLocation:
    """Where a store is and what keeps it; other processes of ours are handed this, and open the store themselves.

    `folder` is the data folder; an office's queue is not in it, but at `office`.
    """

    engine: StoreEngine
    folder: Path
    office: "OfficeAddress | None" = None


class StoredDatabase(Database, Protocol):
    """An opened database."""

    backup: Path | None
    """The copy made before this start changed the schema; None without one."""

    def expect_ordered_rows(self) -> None:
        """Prepare this thread's connection for writing many rows in order, and little else."""

    def when_changed(self, heard: Callable[[], None]) -> None:
        """Call `heard`, on another thread, soon after another process has written.

        An engine without notices never does; `version_seen` shows it with every engine.
        """

    def compact(self) -> None:
        """Free the space of deleted rows; writers may have to wait meanwhile."""

    def mask_texts(self, mask: "AddressMask", erasure: str, at: float) -> int:
        """Mask an address in the texts of every table, for an erasure record of this number; return how many were."""

    def wipe_files(self, mask: "AddressMask") -> "WipedFiles":
        """Erase a person from all copies and from what is left of deleted rows, and look for the address everywhere."""

    def close(self) -> None:
        """Close every thread's connection."""


class StoreOwners(Owners, Protocol):
    """The owners of a store, of which this process is one until it closes them."""

    def close(self) -> None:
        """End this process's part as an owner."""


class OfficeTime(Protocol):
    """The time of an office's server, which all its workstations go by."""

    def now(self) -> float:
        """Return the server's time, in seconds since the epoch."""

    def steady(self) -> float:
        """Return the seconds of this computer's clock, which goes on while it sleeps and cannot be set."""


class WindowReads(Protocol):
    """What a window reads of an office's server, again and again."""

    def stay_responsive(self) -> None:
        """Let no read keep this thread waiting for long from now on; it raises StoreError then."""

    def again(self, earlier: ReadAnswers) -> ReadAnswers:
        """Ask again what was read of earlier answers, in one round trip. Raise StoreError."""

    def answering(self, answers: ReadAnswers) -> AbstractContextManager[None]:
        """Answer on this thread from what is known, and ask each other question once."""


@dataclass(frozen=True)
class OpenedStore:
    """The database of a store, and what was done to its files that no person has seen yet."""

    database: StoredDatabase
    moved: MovedDatabase | None = None
    restored: RestoredBackup | None = None


def store_in(folder: Path, office_password: str | None = None) -> StoreLocation:
    """Return the location of the store of a data folder, of which nothing is opened or written yet.

    That of an office has the given password, or the one that is known on this computer. Raise StoreError where there
    is none, and for a folder on a network drive.
    """
    own = own_store_in(folder)
    membership = membership_of(folder)
    if membership is None:
        return own
    from ac_desktop.store.office.passwords import password_of

    return StoreLocation(StoreEngine.POSTGRES, folder, membership.address(password_of(membership, office_password)))


def own_store_in(folder: Path) -> StoreLocation:
    """Return the location of a data folder's own queue, also where the folder works on an office's.

    Raise StoreError for a folder on a network drive: SQLite's locks do not hold there (sqlite.org/useovernet.html).
    """
    if is_on_network(folder):
        raise StoreError(StoreProblem.UNREACHABLE, StoreMessage.ON_NETWORK_DRIVE, folder=folder)
    return StoreLocation(StoreEngine.SQLITE, folder)


def membership_of(folder: Path) -> "OfficeMembership | None":
    """Return the office that a data folder works on, None where it has its own queue. Raise StoreError in doubt."""
    if not os.path.lexists(folder / MEMBERSHIP_FILE):
        return None
    from ac_desktop.store.office.membership import membership_in

    return membership_in(folder)


def office_folder(folder: Path) -> "OfficeFolder":
    """Return what changes the office that a data folder works on."""
    from ac_desktop.store.office.office_folder import OfficeFolder

    return OfficeFolder(folder, _office_server, _alone_in, outbox_of)


def _office_server(address: "OfficeAddress") -> "OfficeServer":
    try:
        from ac_desktop.store.engines.postgres.people.office_server import PostgresOfficeServer
    except ModuleNotFoundError as error:
        raise StoreError(StoreProblem.MISSING, StoreMessage.OFFICE_DRIVER_MISSING) from error
    return PostgresOfficeServer(address)


def queue_moves(folder: Path) -> "QueueMoves":
    """Return what moves queues into the office that a data folder works on, and out of it."""
    from ac_desktop.store.connections.keys import KeyringKeys
    from ac_desktop.store.engines.sqlite.moving import SqliteQueue
    from ac_desktop.store.moving.queue_moves import QueueMoves
    from ac_desktop.store.office.folder_use import OfficeUse

    return QueueMoves(folder, SqliteQueue, _office_queue, partial(OfficeUse, alone=True), KeyringKeys)


def _office_queue(address: "OfficeAddress", membership: "OfficeMembership") -> "OfficeQueue":
    try:
        from ac_desktop.store.engines.postgres.moving import PostgresOfficeQueue
    except ModuleNotFoundError as error:
        raise StoreError(StoreProblem.MISSING, StoreMessage.OFFICE_DRIVER_MISSING) from error
    return PostgresOfficeQueue(address, membership)


def _refuse_interrupted_move(folder: Path) -> None:
    """Raise StoreError where it is not known whether the queue of a folder is in an office by now."""
    if os.path.lexists(folder / MOVE_MARKER):
        from ac_desktop.store.moving.marker import refuse_interrupted_move

        refuse_interrupted_move(folder)


def _open_office(address: "OfficeAddress") -> StoredDatabase:
    try:
        from ac_desktop.store.engines.postgres.database import PostgresDatabase
    except ModuleNotFoundError as error:
        raise StoreError(StoreProblem.MISSING, StoreMessage.OFFICE_DRIVER_MISSING) from error
    return PostgresDatabase(address)


_PATIENCE: Final = 2.0
"""Seconds that a person waits until a command that works in their folder has ended."""


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other processes of ours out of a data folder. Raise StoreError while one works in it."""
    from ac_desktop.store.engines.sqlite.file_move import FolderUse
    from ac_desktop.store.office.folder_use import OfficeUse

    with ExitStack() as held:
        held.enter_context(OfficeUse(folder, alone=True))
        if (folder / FILE_NAME).exists():
            held.enter_context(FolderUse(folder, alone=True, patience=_PATIENCE))
        yield


def use_office(location: StoreLocation) -> "OfficeUse | None":
    """Keep the office of a data folder from being changed until this is closed; None where it works on none.

    Raise StoreError while another process changes it.
    """
    if location.engine is not StoreEngine.POSTGRES:
        return None
    from ac_desktop.store.office.folder_use import OfficeUse

    return OfficeUse(location.folder)


def open_store(location: StoreLocation) -> OpenedStore:
    """Open a store for a front end: what keeps it from being opened is moved out of the way, never deleted.

    Raise StoreError where that is not possible.
    """
    if location.office is not None:
        return OpenedStore(open_database(location))
    _refuse_interrupted_move(location.folder)
    from ac_desktop.store.engines.sqlite.recovery import open_database as open_or_recover

    opened = open_or_recover(location.folder)
    return OpenedStore(opened.database, opened.moved, opened.restored)


def open_database(location: StoreLocation) -> StoredDatabase:
    """Open the database of a store that another process of ours has opened. Raise StoreError where that fails."""
    if location.office is not None:
        return _open_office(location.office)
    _refuse_interrupted_move(location.folder)
    from ac_desktop.store.engines.sqlite.database import SqliteDatabase

    return SqliteDatabase(location.folder)


def workstation_of(location: StoreLocation) -> str:
    """Return the name by which others in an office see this workstation, "" outside one."""
    if location.office is None:
        return ""
    membership = membership_of(location.folder)
    if membership is not None:
        return membership.workstation
    from ac_desktop.platform.computer import this_computer

    return this_computer().name


def _person_of(location: StoreLocation) -> str:
    """Return the person of this workstation of an office, who may have another login."""
    membership = membership_of(location.folder)
    if membership is not None:
        return membership.person
    return location.office.user if location.office is not None else ""


def office_place(location: StoreLocation) -> "OfficePlace | None":
    """Return where this workstation is, None outside an office; its office is known by its database."""
    if location.office is None:
        return None
    from ac_desktop.store.office.place import OfficePlace

    return OfficePlace(location.office.database, workstation_of(location), _person_of(location))


def office_presence(location: StoreLocation, database: StoredDatabase) -> "OfficePresence | None":
    """Return who is in the office and what it is called, as known a few seconds ago at most; None outside one.

    The server is asked the first time alone.
    """
    office = _office_of(location, database)
    return office.presence() if office is not None else None


def open_owners(location: StoreLocation, database: StoredDatabase) -> StoreOwners:
    """Make this process an owner of claims in an opened store. Raise StoreError where that fails."""
    office = _office_of(location, database)
    if office is not None:
        from ac_desktop.store.engines.postgres.owners import PostgresOwners

        return PostgresOwners(office, workstation_of(location), _person_of(location))
    from ac_desktop.store.engines.sqlite.owners import SqliteOwners

    return SqliteOwners(location.folder)


def open_duties(location: StoreLocation, database: StoredDatabase, owners: StoreOwners) -> "Duties":
    """Return the duties of this process in an opened store; without an office they are always ours."""
    office = _office_of(location, database)
    if office is None:
        from ac_desktop.store.office.duty import OwnDuties

        return OwnDuties()
    from ac_desktop.store.engines.postgres.owners import PostgresOwners
    from ac_desktop.store.engines.postgres.people.duties import PostgresDuties

    if not isinstance(owners, PostgresOwners):
        raise TypeError("an office has other owners")
    return PostgresDuties(office, owners)


def is_in_use(location: StoreLocation) -> bool:
    """Whether an owner on this computer uses a store."""
    from ac_desktop.store.engines.sqlite.owners import SqliteOwners

    return SqliteOwners.any_alive(location.folder)


def open_reservations(location: StoreLocation, database: StoredDatabase) -> "PostgresRateLimitStore | None":
    """Return the reservations of an office's requests; None for a store whose processes share a computer's clock."""
    office = _office_of(location, database)
    if office is None:
        return None
    from ac_desktop.store.engines.postgres.rate_limit_store import PostgresRateLimitStore

    return PostgresRateLimitStore(office)


def window_reads(location: StoreLocation, database: StoredDatabase) -> WindowReads | None:
    """Return what a window reads by; None for a store on this computer, which answers at once."""
    office = _office_of(location, database)
    return office.window_reads if office is not None else None


def office_time(location: StoreLocation, database: StoredDatabase) -> OfficeTime | None:
    """Return the time of an office's server; None for a store on this computer."""
    office = _office_of(location, database)
    return office.server_time if office is not None else None


def _office_of(location: StoreLocation, database: StoredDatabase) -> "PostgresDatabase | None":
    if location.office is None:
        return None
    from ac_desktop.store.engines.postgres.database import PostgresDatabase

    if not isinstance(database, PostgresDatabase):
        raise TypeError("an office has another database")
    return database


def open_editing(location: StoreLocation, database: StoredDatabase, owners: Owners) -> "Editing | None":
    """Return who is changing which record of an office; None for a store that no other workstation uses."""
    if _office_of(location, database) is None:
        return None
    from ac_desktop.store.engines.postgres.people.editing import PostgresEditing

    return PostgresEditing(database, owners)


def outbox_of(folder: Path, login: "OfficeLogin") -> "Outbox":
    """Return what waits in a data folder for an office."""
    from ac_desktop.store.engines.sqlite.outbox_file import SqliteOutbox

    return SqliteOutbox(folder, f"{login.host}:{login.port}/{login.database}")


def open_rate_limits(location: StoreLocation) -> "SqliteRateLimitStore":
    """Return the state of the rate limits, which all processes that use the store share."""
    from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore

    return SqliteRateLimitStore(location.folder)


def backups_of(location: StoreLocation) -> Backups | None:
    """Return the backups of a store; None where its engine makes none."""
    if location.office is not None:
        return None
    from ac_desktop.store.engines.sqlite.backups import SqliteBackups

    return SqliteBackups(location.folder)
