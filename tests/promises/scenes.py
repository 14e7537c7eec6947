"""Scenes for faults: a prepared data folder, the task of the process, and what must hold whenever it died."""

import itertools
import json
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ac_desktop.app import ServiceParts, build
from ac_desktop.model import rules
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import CircuitState, ConnectionSettings
from ac_desktop.model.redact import Redactor
from ac_desktop.model.rules import DEFAULT_RETENTION_DAYS
from ac_desktop.model.states import RecordState, Step
from ac_desktop.practice.account import PracticeAccount
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.request_log import LoggedRequest
from ac_desktop.practice.server import PracticeServer
from ac_desktop.services import Services
from ac_desktop.store.connections.keys import SessionKeys
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.history import history
from ac_desktop.store.privacy.retention import DAY
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.clock import START, VirtualClock
from tests.delivery.support import LIST_PATH, RESULT_PATH
from tests.harness import donors
from tests.made_up import attempt_log
from tests.promises.tasks import Kind, Task, one_step_more
from tests.store import release
from tests.unpaced import UnpacedLedger

DONORS: Final = 40
ROWS: Final = 300
OLD: Final = 500
WAITING: Final = 30
_ROUND_SECONDS: Final = 60.0
_SEVEN: Final = 7
_STANDING: Final = {
    3: MemberStatus.UNSUBSCRIBED,
    4: MemberStatus.BOUNCED,
    5: MemberStatus.ACTIVE,
}
"""Of every seven donors one stands so on the list already, and the sixth is a contact on no list."""


class BrokenPromiseError(AssertionError):
    """Something does not hold after a fault."""


def must(holds: object, reported: str) -> None:
    """Return which promise is broken, if one is."""
    if not holds:
        raise BrokenPromiseError(reported)


class Scene(ABC):
    """One data folder from its making until what it is about is done."""

    kind: Kind

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults = 0
        self.is_done = False
        self._now = START

    @abstractmethod
    def task(self) -> Task:
        """Return what the next process is to do."""

    @abstractmethod
    def check(self, sql: sqlite3.Connection) -> None:
        """Check all that was promised. Raise BrokenPromiseError where something does not hold."""

    def survive(self, *, ended: bool) -> None:
        """Check the scene after a process died in it or, where it `ended`, came to its end."""
        self.faults += not ended
        self.is_done = ended
        with self._reading() as sql:
            must(sql.execute("PRAGMA integrity_check").fetchall() == [("ok",)], "the database is damaged")
            must(not sql.execute("PRAGMA foreign_key_check").fetchall(), "a reference leads nowhere")
            self.check(sql)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.folder / FILE_NAME)) as sql:
            yield sql

    def _task(self, *, connection_id: int = 0, key: str = "", file: Path | None = None) -> Task:
        self._now += _ROUND_SECONDS
        return Task(kind=self.kind, folder=self.folder, now=self._now, connection_id=connection_id, key=key, file=file)


@contextmanager
def services_in(folder: Path) -> Iterator[Services]:
    """Open the services to make a scene ready; nothing of it stays open."""
    parts = ServiceParts(
        keys=SessionKeys(Redactor()), clock=VirtualClock(), rate_limit_store=UnpacedLedger(), offline=lambda _: False
    )
    services = build(folder, parts=parts)
    try:
        yield services
    finally:
        services.close()


class Stage:
    """The practice account, which outlives whatever happens to the processes that relay to it.

    Its clock advances by a second with every reading, so that nobody waits for its imports.
    """

    def __init__(self) -> None:
        seconds = itertools.count(START)
        self.account = PracticeAccount(clock=lambda: next(seconds))
        self.server = PracticeServer(self.account, rate=0)
        self._numbers = itertools.count(0, 1_000)

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.server.stop()

    def first_number(self) -> int:
        """Return the number of a scene's first donor; no other scene has the same ones."""
        return next(self._numbers)


class RelayScene(Scene):
    """A queue is relayed, one by one or in bulk, to an account where some already have a history."""

    def __init__(self, folder: Path, stage: Stage, *, in_bulk: bool = False, workers: int = 4) -> None:
        super().__init__(folder)
        self.kind = Kind.BULK if in_bulk else Kind.RELAY
        self.workers = workers
        self._stage = stage
        self._donors = donors(DONORS, start=stage.first_number())
        self._standing: dict[str, MemberStatus] = {}
        self._in_hand: set[tuple[int, str, str]] = set()
        account, list_id = stage.account, stage.server.list_id
        account.log.clear()
        for number, donor in enumerate(self._donors):
            if number % _SEVEN >= min(_STANDING):
                contact = account.add_contact(donor.email)
                if number % _SEVEN in _STANDING:
                    self._standing[donor.email] = _STANDING[number % _SEVEN]
                    account.set_status(contact.id, list_id, _STANDING[number % _SEVEN])
        with services_in(folder) as services:
            settings = ConnectionSettings(
                name="Spring", address=parse_address(stage.server.url), list_id=list_id, list_name="Donors"
            )
            self._connection_id = services.connections.create(settings, START).id
            batch_id = services.queue.open_batch(self._connection_id, BatchSource(kind="file"), START)
            made = [NewRecord(row=row, donor=one, state=RecordState.WAITING) for row, one in enumerate(self._donors, 2)]
            services.queue.add(self._connection_id, batch_id, made, START)
            services.queue.close_batch(batch_id)

    def task(self) -> Task:
        """Relay what waits."""
        task = self._task(connection_id=self._connection_id, key=self._stage.server.key)
        return replace(task, workers=self.workers)

    def check(self, sql: sqlite3.Connection) -> None:
        """Nobody lost or twice; who was sent is on the list; who left it is not; little was repeated."""
        rows = sql.execute("SELECT id, email, state FROM record ORDER BY id").fetchall()
        held = sql.execute("SELECT claim_token, step, email FROM record WHERE state = 'sending'").fetchall()
        in_hand = len({token for token, *_ in held})
        must(in_hand <= self.workers, f"{in_hand} attempts were in hand, of {self.workers} workers")
        self._in_hand.update(held)
        must([email for _, email, _ in rows] == [donor.email for donor in self._donors], "a record is lost or twice")
        states = Counter(RecordState(state) for *_, state in rows)
        tallied = dict(sql.execute("SELECT state, SUM(number) FROM tally GROUP BY state HAVING SUM(number) <> 0"))
        must(tallied == dict(states), f"records are counted in two states: {tallied}, {states}")
        if self.kind is Kind.RELAY:
            self._check_log(sql, rows)
        for _, email, state in rows:
            self._check_account(email, RecordState(state))
        streak = sql.execute("SELECT streak, state FROM connection").fetchone()
        must(streak == (0, "active"), f"a killed attempt counts neither way, but the streak is {streak}")
        self._check_kept(sql)
        self._check_repeated()
        if self.is_done:
            unfinished = states[RecordState.WAITING] + states[RecordState.SENDING] + states[RecordState.FAILED]
            must(not unfinished, f"the relay ended with donors left: {states}")

    @staticmethod
    def _check_log(sql: sqlite3.Connection, rows: list[tuple[int, str, str]]) -> None:
        ended = Counter(sql.execute("SELECT record_id, outcome FROM attempt"))
        expected = {(number, state): 1 for number, _, state in rows if state in {RecordState.SENT, RecordState.HELD}}
        must(
            ended == expected,
            f"records and log tell different stories: {ended - Counter(expected)}, {Counter(expected) - ended}",
        )

    def _check_account(self, email: str, state: RecordState) -> None:
        account, before = self._stage.account, self._standing.get(email)
        contact = account.contact(email)
        membership = account.membership(contact.id, self._stage.server.list_id) if contact else None
        status = membership.status if membership else None
        if before in {MemberStatus.UNSUBSCRIBED, MemberStatus.BOUNCED}:
            must(status is before, f"{email} left the list and was put on it again")
            must(state is not RecordState.SENT, f"{email} left the list and is called sent")
            must(state is RecordState.HELD or not self.is_done, f"{email} left the list and is {state}")
        elif state is RecordState.SENT:
            must(status is MemberStatus.ACTIVE, f"{email} is called sent and is not on the list")
        must(state in RecordState, f"{email} is {state}")

    def _check_kept(self, sql: sqlite3.Connection) -> None:
        """What an answer told is kept before the next request leaves: a contact's number, and a bulk request's."""
        asked = {step for request in self._stage.account.requests(LIST_PATH) for step in self._changes(request)}
        first = sql.execute("SELECT email FROM record WHERE state IN ('waiting', 'sending') AND step = 'contact'")
        for (email,) in first:
            must(
                (Step.LIST, email) not in asked, f"the contact number of {email} was not kept before the list step left"
            )
        taken = {str(number) for (number,) in sql.execute("SELECT taken_as FROM bulk_batch")}
        for request in self._stage.account.requests(RESULT_PATH):
            number = request.query.partition("batchId=")[2]
            must(number in taken, f"bulk request {number} was not kept before its result was asked for: {taken}")

    def _check_repeated(self) -> None:
        """Return the requests for a change that had been asked for: each person's step once for each death amid it."""
        seen: set[tuple[Step, str]] = set()
        repeated = Counter[tuple[Step, str]]()
        for request in self._stage.account.requests():
            asked = self._changes(request)
            repeated.update(asked & seen)
            seen |= asked
        died_amid = Counter((Step(step), email) for _, step, email in self._in_hand)
        for (step, email), number in repeated.items():
            most = died_amid[step, email]
            must(number <= most, f"{number} requests of step {step} were repeated for {email}, more than {most}")

    def _changes(self, request: LoggedRequest) -> set[tuple[Step, str]]:
        """Return whose step a request carries out, if it arrived whole; in bulk it is everybody's first."""
        was_cut_off = len(request.body) < int(request.headers.get("Content-Length", 0))
        if request.method != "POST" or was_cut_off:
            return set()
        body: dict[str, dict[str, object]] | dict[str, list[dict[str, object]]] = json.loads(request.body)
        match body:
            case {"contact": {"email": str(email)}}:
                return {(Step.CONTACT, email)}
            case {"contactList": {"contact": str(number)}}:
                contact = self._stage.account.contact_by_id(number)
                return {(Step.LIST, contact.email)} if contact else set()
            case {"contacts": [*contacts]}:
                return {(Step.CONTACT, str(contact["email"])) for contact in contacts}
        raise ValueError(f"nobody asks for this: {body}")


class ImportScene(Scene):
    """A file is imported: its batch is in the queue as a whole or not at all."""

    kind = Kind.IMPORT

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._file = folder.with_name(f"{folder.name}-donors.csv")
        lines = [f"donor{number}@example.org,First{number},Last{number}" for number in range(ROWS)]
        self._file.write_text("\n".join(["Email,First Name,Last Name", *lines]), encoding="utf-8")
        with services_in(folder) as services:
            settings = ConnectionSettings(
                name="Spring", address=parse_address("acct.api-us1.com"), list_id="1", list_name="Donors"
            )
            self._connection_id = services.connections.create(settings, START).id
            services.row_hashes.key()

    def task(self) -> Task:
        """Import the file."""
        return self._task(connection_id=self._connection_id, file=self._file)

    def check(self, sql: sqlite3.Connection) -> None:
        """Check every batch that is in the queue; what was left half imported is removed by the next import."""
        closed = sql.execute("SELECT id FROM batch WHERE loading_owner IS NULL").fetchall()
        must(len(closed) <= 1, "the file is in the queue twice")
        for (batch_id,) in closed:
            self.is_done = True
            for what, counting in _OF_A_BATCH.items():
                (number,) = sql.execute(counting, (batch_id,)).fetchone()
                must(number == ROWS, f"{number} {what} of {ROWS} rows")
        (others,) = sql.execute("SELECT COUNT(*) FROM batch WHERE loading_owner IS NOT NULL").fetchone()
        must(others <= 1, "what an import left half taken in was not cleared away by the next one")
        if self.is_done:
            must(len(closed) == 1, "the import ended and its donors are not in the queue")


_OF_A_BATCH: Final = {
    "rows": "SELECT rows_read FROM batch WHERE id = ?",
    "records": "SELECT COUNT(*) FROM record WHERE batch_id = ?",
    "tallied": "SELECT SUM(number) FROM tally WHERE batch_id = ?",
    "addresses": "SELECT COUNT(*) FROM email_at e JOIN record r ON r.id = e.record_id WHERE r.batch_id = ?",
    "fingerprints": "SELECT COUNT(*) FROM seen_row s JOIN record r ON r.id = s.record_id WHERE r.batch_id = ?",
    "original rows": "SELECT COUNT(*) FROM source_row s JOIN record r ON r.id = s.record_id WHERE r.batch_id = ?",
}


class MigrationScene(Scene):
    """A filled database of the first release is migrated: it is of the old version or of the new one."""

    kind = Kind.MIGRATION

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        release.load(release.stored(1), folder)
        with self._reading() as sql:
            self._columns = _columns(sql)
            self._whole = _all_rows(sql, self._columns)
            self._lasting = {
                table: [name for name in names if name not in release.GIVEN_UP]
                for table, names in self._columns.items()
            }
            self._before = _all_rows(sql, self._lasting)
        with one_step_more() as newest:
            self._newest = newest

    def task(self) -> Task:
        """Open the database."""
        return self._task()

    def check(self, sql: sqlite3.Connection) -> None:
        """Every value of the old version but those dropped is still there; a changed database has its backup."""
        (version,) = sql.execute("PRAGMA user_version").fetchone()
        must(version in range(1, self._newest + 1), f"the version is {version}")
        must(_all_rows(sql, self._lasting) == self._before, "the migration changed what was kept")
        if version > 1:
            must(any(self._is_backup(file) for file in self.folder.glob("*.backup")), "there is no backup")
        must(version == self._newest or not self.is_done, "the migration ended before its last step")

    def _is_backup(self, file: Path) -> bool:
        copy = self.folder.with_name(f"{self.folder.name}-copy.sqlite3")
        shutil.copy2(file, copy)
        with closing(sqlite3.connect(copy)) as sql:
            try:
                version = sql.execute("PRAGMA user_version").fetchone()
                return version == (1,) and _all_rows(sql, self._columns) == self._whole
            except sqlite3.DatabaseError:
                return False


class PurgeScene(Scene):
    """Sent donors that have been kept long enough are taken out, each as a whole, and nobody who still waits."""

    kind = Kind.PURGE

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        people = donors(OLD + WAITING)
        with services_in(folder) as services:
            settings = ConnectionSettings(
                name="Spring", address=parse_address("acct.api-us1.com"), list_id="1", list_name="Donors"
            )
            connection_id = services.connections.create(settings, START).id
            batch_id = services.queue.open_batch(connection_id, BatchSource(kind="file"), START)
            made = [
                NewRecord(
                    row=row,
                    donor=donor,
                    state=RecordState.SENT if row < OLD else RecordState.WAITING,
                    cells=(donor.email,),
                    row_hash=row,
                )
                for row, donor in enumerate(people)
            ]
            services.queue.add(connection_id, batch_id, made, START)
            services.queue.close_batch(batch_id)
            with services.database.writing() as sql:
                standing = CircuitState()
                settled = rules.apply_outcome(standing, 0, rules.Success(), START)
                for number, donor in enumerate(people[:OLD], 1):
                    history.insert_attempt(
                        sql, connection_id, number, settled, rules.Success(), None, attempt_log(donor)
                    )
        self._now = START + 2 * DEFAULT_RETENTION_DAYS * DAY

    def task(self) -> Task:
        """Remove what is older than is kept."""
        return self._task()

    def check(self, sql: sqlite3.Connection) -> None:
        """Every record still counts; a donor is wholly there or wholly gone; who waits is untouched."""
        reported = dict(sql.execute("SELECT state, SUM(number) FROM tally GROUP BY state HAVING SUM(number) <> 0"))
        states = dict(sql.execute("SELECT state, COUNT(*) FROM record GROUP BY state"))
        must(states == reported == {"sent": OLD, "waiting": WAITING}, f"the counts have changed: {states}, {reported}")
        (marks,) = sql.execute("SELECT COUNT(*) FROM seen_row").fetchone()
        must(marks == OLD + WAITING, "a mark is gone: the file's rows would be taken for new ones")
        (half,) = sql.execute(
            "SELECT COUNT(*) FROM record r LEFT JOIN source_row s ON s.record_id = r.id LEFT JOIN email_at e"
            " ON e.record_id = r.id WHERE (r.forgotten_at IS NULL) <> (r.email <> '')"
            " OR (r.email <> '') <> (s.record_id IS NOT NULL) OR (r.email <> '') <> (e.record_id IS NOT NULL)"
        ).fetchone()
        must(not half, f"{half} donors are half taken out")
        (waiting,) = sql.execute("SELECT COUNT(*) FROM record WHERE state = 'waiting' AND email <> ''").fetchone()
        must(waiting == WAITING, "somebody who waits was taken out")
        (attempts, full) = sql.execute("SELECT SUM(outcome = 'sent'), SUM(emptied_at IS NULL) FROM attempt").fetchone()
        must(attempts == OLD, "an attempt is gone from the log")
        (left,) = sql.execute("SELECT COUNT(*) FROM record WHERE state = 'sent' AND email <> ''").fetchone()
        must(not self.is_done or (left, full) == (0, 0), f"the purge ended with {left} old donors left")


_Columns = dict[str, list[str]]


def _columns(sql: sqlite3.Connection) -> _Columns:
    tables = sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: [row[1] for row in sql.execute(f"PRAGMA table_info({name})")] for (name,) in tables}


def _all_rows(sql: sqlite3.Connection, columns: _Columns) -> dict[str, Counter[tuple[object, ...]]]:
    return {
        table: Counter(sql.execute(f"SELECT {', '.join(names)} FROM {table}"))  # noqa: S608  names of the schema
        for table, names in columns.items()
    }
