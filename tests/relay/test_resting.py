"""A relay outlives its database: it rests while that is away, loses nobody, and sends nobody twice."""

import threading
from pathlib import Path
from typing import Any

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState, Outcome
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.practice.faults import Faults, Incoming
from ac_desktop.relay.progress import PauseReason, Progress
from ac_desktop.relay.resting import LONGEST_REST
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.queue.queue import Queue
from tests import at_length
from tests.harness import PATIENCE, Harness, donors
from tests.relay.outage import AFTER_COMMIT, Outage

AWAY: float = 30.0
"""Seconds of an outage, longer than any rest between two tries."""


def watched(harness: Harness, patch: pytest.MonkeyPatch) -> Outage:
    outage = Outage(harness.clock.now)
    outage.install(patch)
    return outage


def moments(folder: Path, patch: pytest.MonkeyPatch, *, refused: bool = False) -> list[str]:
    """Return the moments of a relay of two donors whose database stays."""
    with Harness(folder, workers=1) as harness:
        connection = prepared(harness, refused=refused)
        outage = watched(harness, patch)
        harness.services.engine.start(connection.id)
        assert harness.services.engine.join(connection.id, PATIENCE)
        return list(outage.moments)


def prepared(harness: Harness, *, refused: bool = False) -> Connection:
    connection = harness.connect()
    harness.queue(connection, donors(2))
    if refused:
        harness.account.set_schedule(lambda incoming: Faults(refuse_addresses=b"donor0@" in incoming.body))
    return connection


@pytest.mark.at_length
@pytest.mark.parametrize("distant", [False, True])
@pytest.mark.parametrize("refused", [False, True])
def test_nobody_is_lost_or_sent_twice_at_whatever_moment_the_database_goes_away(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    refused: bool,  # noqa: FBT001
    distant: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(SqliteDatabase, "is_distant", distant)
    with pytest.MonkeyPatch.context() as patch:
        planned = moments(tmp_path / "first", patch, refused=refused)
    assert planned.count(AFTER_COMMIT) >= 5
    for at in (0, *at_length.moments(len(planned) - 1, 1 + (refused + 2 * distant) % 3)):
        moment = planned[at]
        with pytest.MonkeyPatch.context() as patch, Harness(tmp_path / str(at), workers=1) as harness:
            connection = prepared(harness, refused=refused)
            outage = watched(harness, patch)
            began = harness.clock.now()
            outage.plan(at, AWAY)
            if at == 0:
                with pytest.raises(StoreError):
                    harness.services.engine.start(connection.id)
                assert not harness.services.engine.is_running(connection.id)
                continue
            harness.services.engine.start(connection.id)
            assert harness.services.engine.join(connection.id, PATIENCE), (at, moment)
            lasted = harness.clock.now() - began
            assert outage.until is not None, (at, moment)
            outage.until = 0.0
            counts, progress = harness.counts(connection), harness.services.engine.progress(connection.id)
            attempts = harness.services.history.attempts(connection.id)
            circuit = harness.now_is(connection).circuit

            assert (counts.sent, counts.failed, counts.sending) == ((1, 1, 0) if refused else (2, 0, 0)), (at, moment)
            assert sorted(attempt.outcome for attempt in attempts) == sorted(
                [Outcome.FAILED if refused else Outcome.SENT, Outcome.SENT]
            ), (at, moment)
            assert (circuit.streak, circuit.state) == (0, ConnectionState.ACTIVE), (at, moment)
            assert progress.trouble == ""
            assert not progress.is_own_fault
            assert len(harness.account.requests()) == (3 if refused else 4), (at, moment)
            assert lasted < AWAY + LONGEST_REST + 5, (at, moment)


@pytest.mark.parametrize("distant", [False, True])
@pytest.mark.parametrize("in_bulk", [False, True])
@pytest.mark.parametrize("every", [7, 11, 23])
def test_four_workers_rest_and_go_on_however_often_the_database_goes_away(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    every: int,
    in_bulk: bool,  # noqa: FBT001
    distant: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(SqliteDatabase, "is_distant", distant)
    with Harness(tmp_path / "data") as harness:
        connection = harness.connect()
        harness.queue(connection, donors(40))
        outage = watched(harness, monkeypatch)
        harness.services.engine.start(connection.id, in_bulk=in_bulk)

        def go_away(_: Incoming) -> Faults:
            if len(harness.account.requests()) % every == 0:
                outage.plan(every, AWAY)
            return Faults()

        harness.account.set_schedule(go_away)
        assert harness.services.engine.join(connection.id, PATIENCE)
        outage.until, outage.at = 0.0, None
        counts, progress = harness.counts(connection), harness.services.engine.progress(connection.id)
        attempts = harness.services.history.attempts(connection.id)

        assert (counts.sent, counts.rows) == (40, 40)
        assert harness.emails_on_list() == {donor.email for donor in donors(40)}
        assert progress.trouble == ""
        assert harness.now_is(connection).circuit.streak == 0
        if not in_bulk:
            assert len(attempts) == 40
            assert len(harness.account.requests()) == 80


def test_a_relay_says_that_it_rests_and_goes_on_by_itself(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(3))
    outage = watched(harness, monkeypatch)
    seen: list[Progress] = []
    engine.subscribe(lambda: seen.append(engine.progress(connection.id)))
    engine.start(connection.id)
    harness.account.set_schedule(lambda _: outage.plan(0, AWAY) if outage.at is None else None)

    assert engine.join(connection.id, PATIENCE)

    resting = [one for one in seen if one.pause_reason is PauseReason.DATABASE_AWAY]
    assert resting
    assert all(one.running and one.waiting <= 3 for one in resting)
    assert seen[-1].pause_reason is None
    assert seen[-1].sent == 3


def test_what_a_stopped_relay_found_out_is_still_written_when_the_database_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Harness(tmp_path / "data", workers=1) as harness:
        connection, engine = harness.connect(), harness.services.engine
        harness.queue(connection, donors(2))
        outage = watched(harness, monkeypatch)

        def halt(incoming: Incoming) -> Faults:
            if incoming.path == "contactLists":
                outage.plan(0, AWAY)
                engine.halt(connection.id)
            return Faults()

        harness.account.set_schedule(halt)
        engine.start(connection.id)
        assert engine.join(connection.id, PATIENCE)
        outage.until, outage.at = 0.0, None

        counts = harness.counts(connection)
        assert (counts.sent, counts.waiting, counts.sending) == (1, 1, 0)
        assert [attempt.outcome for attempt in harness.services.history.attempts(connection.id)] == [Outcome.SENT]


def test_a_program_that_closes_does_not_wait_for_a_database_that_stays_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Harness(tmp_path / "data", workers=1) as harness:
        connection, engine = harness.connect(), harness.services.engine
        harness.queue(connection, donors(2))
        outage = watched(harness, monkeypatch)
        away = threading.Event()

        def leave(incoming: Incoming) -> Faults:
            if incoming.path == "contactLists":
                outage.plan(0, float("inf"))
                away.set()
            return Faults()

        harness.account.set_schedule(leave)
        harness.clock.thread_started()
        engine.start(connection.id)
        assert away.wait(PATIENCE)
        assert not engine.stop(timeout=0.1)
        harness.clock.thread_ended()
        assert engine.join(connection.id, PATIENCE)
        outage.until, outage.at = 0.0, None
        harness.account.set_schedule(lambda _: Faults())

        harness.restart()
        assert harness.relay(connection).sent == 2


def test_other_trouble_of_the_store_ends_a_relay_as_before(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))

    def fail(*_: object) -> None:
        raise StoreError(StoreProblem.LOCKED, StoreMessage.FOLDER_IN_USE)

    monkeypatch.setattr("ac_desktop.store.queue.queue.Queue.claim", fail)
    harness.relay(connection)

    assert harness.services.engine.progress(connection.id).trouble.startswith("AC Desktop is already working")


@pytest.mark.parametrize("trouble", [StoreProblem.LOCKED, StoreProblem.AWAY])
def test_a_relay_rests_too_while_another_workstation_keeps_the_server_waiting(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, trouble: StoreProblem
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(2))
    claim, failures = Queue.claim, iter(range(3))

    def fail_at_first(queue: Queue, *values: Any) -> Any:
        if next(failures, None) is not None:
            raise StoreError(trouble, StoreMessage.OFFICE_LOCKED, server="made up")
        return claim(queue, *values)

    monkeypatch.setattr(Queue, "claim", fail_at_first)

    assert harness.relay(connection).sent == 2
    assert harness.services.engine.progress(connection.id).trouble == ""
