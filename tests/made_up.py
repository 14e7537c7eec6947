"""Made-up people and a store on a temporary folder, for the tests of the packages below the relay."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ac_desktop.model import rules
from ac_desktop.model.address import parse_address
from ac_desktop.model.attempts import AttemptLog, StepLog
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactPayload, ListPayload
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import Cause, RecordState
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.engines.sqlite.owners import SqliteOwners
from ac_desktop.store.history.history import History
from ac_desktop.store.opening import StoredDatabase, StoreOwners, open_owners
from ac_desktop.store.queue.bulk_changes import BulkChanges
from ac_desktop.store.queue.claims import AttemptResult, Claim
from ac_desktop.store.queue.queue import Queue
from ac_desktop.store.queue.record_reader import RecordReader
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.new_database import put_new_database
from tests.postgres_store import has_office, office_location, open_office
from tests.store.recording import RecordingDatabase

NOW = 1_795_000_000.0
LIST_ID = "19"
ADDRESS = "https://acct.api-us1.com"

REASONS = {
    Cause.DONOR: reason(ReasonCode.DONOR_REFUSED, detail="Contact Email Address is not valid."),
    Cause.ACCOUNT: reason(ReasonCode.KEY_REFUSED),
    Cause.PASSING: reason(ReasonCode.UNREACHABLE),
}


def donor(number: int = 1, *, page: str = "", team: str = "") -> Donor:
    return Donor(
        email=f"donor{number}@example.org",
        phone="2252501301",
        first_name="Annie",
        last_name="Dot",
        page=page,
        team=team,
    )


def new_record(
    row: int, who: Donor | None = None, *, state: RecordState = RecordState.WAITING, why: Reason | None = None
) -> NewRecord:
    made = who or donor(row)
    return NewRecord(row=row, donor=made, state=state, reason=why, cells=(str(row), made.email))


def settings(
    name: str = "Spring", *, address: str = ADDRESS, scope: Scope | None = None, pace: int = 4
) -> ConnectionSettings:
    return ConnectionSettings(
        name=name,
        address=parse_address(address),
        list_id=LIST_ID,
        list_name="Donors",
        scope=scope or Scope(),
        pace=pace,
    )


def attempt_log(who: Donor, contact_id: str | None = None, steps: tuple[StepLog, ...] = ()) -> AttemptLog:
    return AttemptLog(
        started_at=NOW,
        duration_ms=12,
        contact_payload=ContactPayload.of(who),
        list_payload=ListPayload(LIST_ID, contact_id) if contact_id else None,
        steps=steps,
    )


def ended(
    claim: Claim, end: rules.AttemptEnd, *, busy_waited: float = 0.0, was_new: bool | None = None
) -> AttemptResult:
    why = REASONS[end.cause] if isinstance(end, rules.Failure) else None
    if isinstance(end, rules.HeldByGuard):
        why = reason(ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors")
    log = attempt_log(claim.donor, claim.contact_id)
    return AttemptResult(end=end, reason=why, log=log, busy_waited=busy_waited, was_new=was_new)


@dataclass(frozen=True)
class Engine:
    """An engine of the store: how its database and its owners are opened on a folder."""

    name: str
    database: Callable[[Path], StoredDatabase]
    owners: Callable[[Path, StoredDatabase], StoreOwners]


def _owners_of_a_file(folder: Path, _database: StoredDatabase) -> SqliteOwners:
    return SqliteOwners(folder)


def _owners_of_an_office(folder: Path, database: StoredDatabase) -> StoreOwners:
    return open_owners(office_location(folder), database)


SQLITE = Engine("sqlite", RecordingDatabase, _owners_of_a_file)
UNRECORDED = Engine("sqlite", SqliteDatabase, _owners_of_a_file)
"""SQLite as the program has it, for tests that look at its statements, plans and times."""
POSTGRES = Engine("postgres", open_office, _owners_of_an_office)
"""An office's database for each folder, on the server of the tests."""
ENGINES = (SQLITE, POSTGRES)
"""The engines that keep the store's contract: each of its tests runs on all of them."""


class Store:
    """The store's parts, opened together on one folder; a second one there is a second program.

    Without an engine it is the one that the folder has, of a test in another process too.
    """

    def __init__(self, folder: Path, engine: Engine | None = None) -> None:
        self.folder = folder
        engine = engine or (POSTGRES if has_office(folder) else SQLITE)
        self.engine = engine
        put_new_database(folder)
        self.database = engine.database(folder)
        self.owners = engine.owners(folder, self.database)
        self.connections = Connections(self.database)
        self.queue = Queue(self.database, self.owners)
        self.views = RecordReader(self.database)
        self.changes = BulkChanges(self.database)
        self.history = History(self.database)

    def another(self) -> "Store":
        """Return a second program on the same folder."""
        return Store(self.folder, self.engine)

    def connect(self, made: ConnectionSettings | None = None) -> Connection:
        return self.connections.create(made or settings(), NOW)

    def now_is(self, connection: Connection) -> Connection:
        found = self.connections.get(connection.id)
        assert found is not None
        return found

    def fill(self, connection: Connection, records: Iterable[NewRecord] | int) -> int:
        """Queue records as one closed batch; returns its number."""
        made = [new_record(row) for row in range(2, records + 2)] if isinstance(records, int) else list(records)
        batch_id = self.queue.open_batch(connection.id, BatchSource(kind="file", file_name="made-up.csv"), NOW)
        self.queue.add(connection.id, batch_id, made, NOW)
        self.queue.close_batch(batch_id)
        return batch_id

    def claim(self, connection: Connection, now: float = NOW) -> Claim:
        """Claim the next record, which must be there."""
        got = self.queue.claim(connection.id, now)
        assert isinstance(got, Claim), got
        return got

    def end(
        self, claim: Claim, end: rules.AttemptEnd, now: float = NOW, *, was_new: bool | None = None
    ) -> rules.AppliedOutcome:
        """Finish a claim, which must still be ours."""
        settled = self.queue.finish(claim, ended(claim, end, was_new=was_new), now)
        assert settled is not None
        return settled

    def states(self, connection: Connection) -> list[RecordState]:
        return [record.state for record in self.views.all_records(connection.id)]

    def count(self, sql: str, values: Sequence[object] = ()) -> int:
        """Return the number a query counts."""
        ((number,),) = self.database.rows(sql, values)
        return int(number)

    def close(self) -> None:
        self.owners.close()
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
