"""Five in a row: exactly five failing relays reach an account, whatever the order, and never a sixth."""

import errno
import shutil
import sqlite3
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ac_desktop.model import rules
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.states import Cause, ConnectionState, Outcome, RecordState
from ac_desktop.practice.faults import Faults, Incoming, Outage
from ac_desktop.practice.records import MemberStatus
from ac_desktop.store.engines.sqlite.database import FILE_NAME
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.queue.claims import Claim
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.at_length import moments
from tests.clock import START
from tests.harness import Harness, donors
from tests.made_up import ended
from tests.promises.counts import FAULTS_TRIED, KILLS_SURVIVED, POWER_CUTS_SURVIVED, count
from tests.promises.disk import CAN_STAND_BETWEEN, WHY_NOT, Action, Fault, keep_as_durable, lose_power
from tests.promises.process_forks import ProcessForks
from tests.promises.scenes import Stage, services_in
from tests.promises.tasks import Kind, Task

SYNC_PATH: Final = "contact/sync"
WELL: Final = Faults()
ANSWERS: Final = MappingProxyType({
    "well": WELL,
    "the donor is refused": Faults(refuse_addresses=True),
    "the key is refused": Faults(refuse_everything=True),
    "the account is closed": Faults(lapsed=True),
    "the server is in trouble": Faults(outage=Outage.ERROR_500),
    "the answer is lost": Faults(outage=Outage.RESET_AFTER),
})  # fmt: skip


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@contextmanager
def _harness(workers: int) -> Iterator[Harness]:
    with tempfile.TemporaryDirectory() as folder, Harness(Path(folder) / "data", workers=workers) as made:
        yield made


@settings(max_examples=25, deadline=None)
@given(
    workers=st.integers(1, 4),
    answers=st.lists(st.sampled_from(sorted(ANSWERS)), max_size=40),
    portions=st.lists(st.integers(1, 6), min_size=1, max_size=4),
    reactivates=st.booleans(),
)
def test_the_streak_is_the_failures_since_the_last_success_and_the_fifth_ends_it(
    workers: int, answers: Sequence[str], portions: Sequence[int], *, reactivates: bool
) -> None:
    with _harness(workers) as harness:
        connection, first = harness.connect(), 0
        harness.account.set_schedule(
            lambda incoming: ANSWERS[answers[incoming.number - 1]] if incoming.number <= len(answers) else WELL
        )
        for portion in portions:
            harness.queue(connection, donors(portion, start=first))
            first += portion
            harness.relay(connection)
            before = harness.now_is(connection).circuit
            harness.restart()
            assert harness.now_is(connection).circuit == before
            if reactivates and before.state is ConnectionState.INACTIVE:
                harness.services.connections.reactivate(connection.id, harness.clock.now())
        _holds(harness, connection, first)
        count(FAULTS_TRIED, sum(answer != "well" for answer in answers))


def _holds(harness: Harness, connection: Connection, queued: int) -> None:
    """Read the log from its beginning: every streak in it, and every end of one, follows from what came before."""
    events = harness.services.history.events(connection.id)
    ends = {event.after_attempt for event in events if event.kind is EventKind.DEACTIVATED}
    returns = Counter(event.after_attempt for event in events if event.kind is EventKind.REACTIVATED)
    streak, is_active, told_ends = 0, True, set()
    for attempt in harness.services.history.all_attempts(connection.id):
        assert is_active, "an inactive connection attempted something"
        streak = 0 if attempt.outcome is Outcome.SENT else streak + (attempt.cause is not None)
        assert attempt.streak == streak <= rules.MOST_FAILURES_IN_A_ROW
        if streak == rules.MOST_FAILURES_IN_A_ROW:
            told_ends.add(attempt.id)
            is_active = False
            if attempt.id in returns:
                streak, is_active = 0, True
    circuit, counts = harness.now_is(connection).circuit, harness.counts(connection)
    assert ends == told_ends
    assert (circuit.streak, circuit.state is ConnectionState.ACTIVE) == (streak, is_active)
    assert counts.sending == 0
    assert (counts.rows, counts.sent + counts.failed + counts.waiting) == (queued, queued)
    attempts = list(harness.services.history.all_attempts(connection.id))
    assert sum(len(attempt.steps) for attempt in attempts) == len(harness.account.requests())


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_exactly_five_failing_relays_reach_an_account_that_refuses_everything(tmp_path: Path, workers: int) -> None:
    with Harness(tmp_path / "data", workers=workers) as harness:
        connection = harness.connect()
        harness.queue(connection, donors(20))
        harness.account.faults = Faults(refuse_everything=True)

        counts = harness.relay(connection)

        after = harness.now_is(connection)
        assert harness.account.count(SYNC_PATH) == 5
        assert (after.state, after.circuit.streak) == (ConnectionState.INACTIVE, 5)
        assert (counts.waiting, counts.sending, counts.failed) == (20, 0, 0)
        assert [a.streak for a in harness.services.history.attempts(connection.id)] == [1, 2, 3, 4, 5]
        (_, event) = harness.services.history.events(connection.id)
        assert event.kind is EventKind.DEACTIVATED


@pytest.mark.parametrize("workers", [1, 2, 3, 4])
def test_an_outage_of_27_seconds_never_deactivates(tmp_path: Path, workers: int) -> None:
    with Harness(tmp_path / "data", workers=workers) as harness:
        connection = harness.connect()
        harness.queue(connection, donors(12))
        until = harness.clock.now() + 27

        def outage(_: Incoming) -> Faults:
            return Faults(outage=Outage.ERROR_500) if harness.clock.now() < until else WELL

        harness.account.set_schedule(outage)

        counts = harness.relay(connection)

        assert counts.sent == 12
        kinds = {event.kind for event in harness.services.history.events(connection.id)}
        assert kinds == {EventKind.CREATED}
        assert harness.emails_on_list() == {donor.email for donor in donors(12)}


def test_an_inactive_connection_attempts_nothing_more(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(8))
    harness.account.faults = Faults(refuse_everything=True)
    harness.relay(connection)
    harness.account.faults = WELL

    harness.relay(connection)
    harness.services.connections.pause(connection.id, harness.clock.now())
    harness.services.connections.resume(connection.id, harness.clock.now())
    harness.restart()
    harness.relay(connection)

    assert harness.account.count(SYNC_PATH) == 5
    assert harness.now_is(connection).state is ConnectionState.INACTIVE


def test_after_a_reactivation_one_donor_goes_alone_first(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(8))
    harness.account.faults = Faults(refuse_everything=True)
    harness.relay(connection)

    harness.services.connections.reactivate(connection.id, harness.clock.now())
    side_by_side = _most_at_once(harness, first=2)
    harness.account.faults = WELL
    counts = harness.relay(connection)

    assert counts.sent == 8
    assert side_by_side() == 1


def _most_at_once(harness: Harness, first: int) -> "SideBySide":
    watch = SideBySide(first)
    harness.account.set_schedule(watch.see)
    return watch


class SideBySide:
    """Counts the donors that were begun before the first one's last request came."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._seen: list[str] = []
        self._guard = threading.Lock()

    def see(self, incoming: Incoming) -> Faults | None:
        with self._guard:
            self._seen.append(incoming.path)
        return None

    def __call__(self) -> int:
        return self._seen[: self._first].count(SYNC_PATH)


def test_the_guard_neither_raises_nor_resets_the_streak(harness: Harness) -> None:
    connection = harness.connect()
    contact = harness.account.add_contact("donor1@example.org")
    harness.account.set_status(contact.id, "1", MemberStatus.UNSUBSCRIBED)

    def refuse_first(incoming: Incoming) -> Faults:
        return Faults(refuse_addresses=b"donor0@" in incoming.body)

    harness.account.set_schedule(refuse_first)
    harness.queue(connection, donors(1))
    harness.relay(connection)
    harness.queue(connection, donors(1, start=1))
    harness.relay(connection)

    assert harness.now_is(connection).circuit.streak == 1


class LastFailure:
    """A connection with four failures behind it, on an account that refuses the fifth donor as well."""

    def __init__(self, folder: Path, stage: Stage) -> None:
        self._made = folder / "made"
        self._tried = folder / "tried"
        self._stage = stage
        stage.account.faults = Faults(refuse_everything=True)
        with services_in(self._made) as services:
            made = ConnectionSettings(
                name="Spring", address=parse_address(stage.server.url), list_id="1", list_name="Donors"
            )
            self._connection_id = services.connections.create(made, START).id
            batch_id = services.queue.open_batch(self._connection_id, BatchSource(kind="file"), START)
            rows = [NewRecord(row=row, donor=one, state=RecordState.WAITING) for row, one in enumerate(donors(8), 2)]
            services.queue.add(self._connection_id, batch_id, rows, START)
            services.queue.close_batch(batch_id)
            for _ in range(rules.MOST_FAILURES_IN_A_ROW - 1):
                claim = services.queue.claim(self._connection_id, START)
                assert isinstance(claim, Claim)
                services.queue.finish(claim, ended(claim, rules.Failure(Cause.ACCOUNT)), START)

    def go_through(self, processes: ProcessForks, fault: Fault) -> int:
        """Relay the fifth donor, who fails, with a fault on the way; return the writes, syncs and requests it took."""
        shutil.rmtree(self._tried, ignore_errors=True)
        shutil.copytree(self._made, self._tried)
        if fault.action is Action.POWER:
            keep_as_durable(self._tried, processes.durable)
        reported = self.go_on(processes, fault)
        if fault.action is Action.POWER and fault.moment:
            lose_power(self._tried, processes.durable)
        return reported

    def go_on(self, processes: ProcessForks, fault: Fault | None = None) -> int:
        """Relay in a process on the folder as it is."""
        task = Task(
            kind=Kind.RELAY,
            folder=self._tried,
            now=START + 3600,
            connection_id=self._connection_id,
            key=self._stage.server.key,
        )
        return processes.run(task, fault).events

    def stands(self) -> tuple[int, str, int, int]:
        """Return the streak, the state, the failures in the log and how often it records the end."""
        with closing(sqlite3.connect(self._tried / FILE_NAME)) as sql:
            streak, state = sql.execute("SELECT streak, state FROM connection").fetchone()
            (failures,) = sql.execute("SELECT COUNT(*) FROM attempt WHERE cause IS NOT NULL").fetchone()
            (ends,) = sql.execute("SELECT COUNT(*) FROM event WHERE kind = 'deactivated'").fetchone()
            return streak, state, failures, ends


NEITHER, BOTH = (4, "active", 4, 0), (5, "inactive", 5, 1)


@pytest.mark.skipif(not CAN_STAND_BETWEEN, reason=WHY_NOT)
@pytest.mark.at_length
@pytest.mark.parametrize(("action", "first"), list(zip(Action, (1, 2, 3), strict=True)))
def test_the_fifth_failure_and_the_end_are_kept_together_or_not_at_all(
    tmp_path: Path, action: Action, first: int
) -> None:
    with ProcessForks() as processes, Stage() as stage:
        last = LastFailure(tmp_path, stage)
        gone_through = moments(last.go_through(processes, Fault()), first)
        assert last.stands() == BOTH
        seen = Counter[tuple[int, str, int, int]]()
        for moment in gone_through:
            last.go_through(processes, Fault(moment=moment, action=action, error=errno.ENOSPC, seed=moment))
            seen[last.stands()] += 1
            last.go_on(processes)
            assert last.stands() == BOTH, "whoever comes next does not stop at five"
        count(
            {Action.KILL: KILLS_SURVIVED, Action.POWER: POWER_CUTS_SURVIVED, Action.FAIL: FAULTS_TRIED}[action],
            len(gone_through),
        )

    assert set(seen) == {NEITHER, BOTH}
