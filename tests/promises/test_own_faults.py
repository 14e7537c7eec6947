"""Faults of our own count: an attempt that meets one after a request left has failed, and five of them are the end."""

import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import pytest

from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.fault_reports import FaultReports
from ac_desktop.model import rules
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.relay_texts import trouble_text
from ac_desktop.model.states import Cause, ConnectionState, Outcome, RecordState, Step
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from tests.delivery.support import DeliveryHarness
from tests.harness import donors
from tests.promises.counts import FAULTS_TRIED, count

RUNS: Final = 8
DONORS: Final = 12


class OurFaultError(Exception):
    """A fault of ours, put in on purpose."""


@dataclass(frozen=True)
class Place:
    """Where a fault of ours is put in."""

    where: str
    in_bulk: bool = False

    def break_it(self, patch: pytest.MonkeyPatch, error: Exception) -> None:
        def fail(*_: object, **__: object) -> NoReturn:
            raise error

        patch.setattr(self.where, fail)


PLACES: Final = {
    "while sending": Place("ac_desktop.activecampaign.client.Client._exchange"),
    "in the log": Place("ac_desktop.relay.request_runner.RequestRunner._step_log"),
    "in the meter": Place("ac_desktop.activecampaign.rate_meter.RateMeter.record_limit"),
    "in the ledger": Place("tests.unpaced.UnpacedLedger.record_success"),
    "reading whether it is busy": Place("ac_desktop.activecampaign.responses.read_busy"),
    "reading the contact": Place("ac_desktop.activecampaign.responses.read_contact"),
    "keeping the contact": Place("ac_desktop.store.queue.queue.Queue.store_contact"),
    "reading the list": Place("ac_desktop.activecampaign.responses.read_list"),
    "making the log": Place("ac_desktop.relay.worker.AttemptLog.__init__"),
    "settling": Place("ac_desktop.relay.worker_threads.Worker._record"),
}  # fmt: skip
IN_BULK: Final = {
    "reading what was taken": Place("ac_desktop.activecampaign.bulk.read_taken", in_bulk=True),
    "keeping what was taken": Place("ac_desktop.store.queue.bulk_queue.BulkQueue.store_accepted", in_bulk=True),
    "reading the result": Place("ac_desktop.activecampaign.bulk.read_result", in_bulk=True),
}  # fmt: skip
AFTER_A_REQUEST = [name for name in PLACES if name not in {"making the log", "settling"}]


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[DeliveryHarness]:
    with DeliveryHarness(tmp_path / "data", workers=1) as made:
        yield made


@pytest.fixture(autouse=True)
def reported(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    """Return the list of the faults that the threads reported."""
    heard: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: heard.append(arguments.exc_type))
    return heard


@pytest.mark.parametrize("place", AFTER_A_REQUEST)
def test_a_fault_after_a_request_left_is_a_failed_attempt_and_the_fifth_is_the_end(
    harness: DeliveryHarness, place: str, monkeypatch: pytest.MonkeyPatch, reported: list[type[BaseException]]
) -> None:
    # With the guard, the next attempt would find on the list whom the fault left there, and call them sent.
    connection = harness.connect(consent_guard=place != "reading the list")
    harness.queue(connection, donors(DONORS))
    with monkeypatch.context() as patch:
        PLACES[place].break_it(patch, OurFaultError())
        for _ in range(RUNS):
            harness.relay(connection)
            harness.restart()
    attempts = harness.services.history.attempts(connection.id)
    after, counts = harness.now_is(connection), harness.counts(connection)

    assert [attempt.streak for attempt in attempts] == [1, 2, 3, 4, 5]
    assert {(a.cause, a.reason.code if a.reason else None) for a in attempts} == {(Cause.PASSING, ReasonCode.OWN_FAULT)}
    assert reported == [OurFaultError] * rules.MOST_FAILURES_IN_A_ROW
    assert (after.state, after.circuit.streak) == (ConnectionState.INACTIVE, rules.MOST_FAILURES_IN_A_ROW)
    assert (counts.rows, counts.waiting + counts.failed, counts.sending) == (DONORS, DONORS, 0)
    assert len(harness.account.requests()) <= rules.MOST_FAILURES_IN_A_ROW * 2
    harness.services.connections.reactivate(connection.id, harness.clock.now())
    assert harness.relay(connection).sent >= DONORS - 1
    count(FAULTS_TRIED, rules.MOST_FAILURES_IN_A_ROW)


def test_a_limit_of_5000_digits_beside_a_refusal_is_a_refusal(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(DONORS))
    for _ in range(RUNS):
        harness.services.engine.sender_for = lambda *_: Refusing()
        harness.relay(connection)
        harness.restart()
    attempts = harness.services.history.attempts(connection.id)

    assert [(attempt.streak, attempt.cause) for attempt in attempts] == [(n, Cause.DONOR) for n in range(1, 6)]
    assert harness.now_is(connection).state is ConnectionState.INACTIVE


class Refusing:
    """An account that refuses everybody, with a limit that no number of ours holds."""

    def send(self, request: Request) -> Reply:  # noqa: ARG002  whatever is asked
        limits = dict.fromkeys(("ratelimit-limit", "ratelimit-remaining"), "9" * 5_000)
        return Response(status=422, headers=limits, body=b"{}")

    def close_thread(self) -> None:
        """Holds nothing."""


def test_the_failure_is_kept_before_the_fault_is_reported(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    kept_when_reported: list[int] = []
    reports = FaultReports(tmp_path, lambda _: kept_when_reported.append(harness.now_is(connection).circuit.streak))
    for module in (sys, threading):
        monkeypatch.setattr(module, "excepthook", module.excepthook)
    reports.install()
    PLACES["reading the contact"].break_it(monkeypatch, OurFaultError("donor0@example.org"))

    harness.relay(connection)

    (attempt,) = harness.services.history.attempts(connection.id)
    (report,) = reports.folder.glob("*.txt")
    assert kept_when_reported == [1]
    assert attempt.reason is not None
    assert attempt.reason.text.startswith("AC Desktop ran into an error at this step and saved a report of it.")
    assert [(step.step, step.status) for step in attempt.steps] == [("contact", 201)]
    assert "OurFaultError" in report.read_text(encoding="utf-8")
    assert "donor0" not in report.read_text(encoding="utf-8")
    progress = harness.services.engine.progress(connection.id)
    assert "ran into an error" in trouble_text(progress.trouble, is_own_fault=progress.is_own_fault)


def test_a_fault_before_any_request_is_no_attempt(harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    for place in (
        "ac_desktop.model.payload.ContactPayload.of",
        "ac_desktop.activecampaign.rate_limiter.RateLimiter.acquire",
    ):
        with monkeypatch.context() as patch:
            Place(place).break_it(patch, OurFaultError())
            counts = harness.relay(connection)

            assert (counts.waiting, counts.sending) == (1, 0)
    assert not harness.services.history.attempts(connection.id)
    assert not harness.account.requests()
    assert harness.now_is(connection).circuit.streak == 0
    assert harness.relay(connection).sent == 1


@pytest.mark.parametrize("place", ["making the log", "settling"])
def test_who_is_on_the_list_when_a_fault_comes_stays_sent_or_is_asked_about_again(
    harness: DeliveryHarness, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(2))
    with monkeypatch.context() as patch:
        PLACES[place].break_it(patch, OurFaultError())
        harness.relay(connection)
    (record, _) = harness.services.record_reader.all_records(connection.id)
    counts = harness.counts(connection)

    assert counts.sending == 0
    assert record.state is (RecordState.SENT if place == "settling" else RecordState.WAITING)
    assert harness.relay(connection).sent == 2
    assert harness.emails_on_list() == {donor.email for donor in donors(2)}


def test_an_attempt_whose_steps_cannot_be_kept_is_kept_without_them(harness: DeliveryHarness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    harness.services.engine.sender_for = lambda *_: Halves()
    harness.relay(connection)

    (attempt,) = harness.services.history.attempts(connection.id)
    assert attempt.reason is not None
    assert (attempt.cause, attempt.reason.code, attempt.steps) == (Cause.PASSING, ReasonCode.OWN_FAULT, ())
    assert (attempt.outcome, harness.counts(connection).sending) == (Outcome.WAITING, 0)


class Halves:
    """A sender whose headers hold halves of a character, which no database keeps."""

    def send(self, request: Request) -> Reply:  # noqa: ARG002  whatever is asked
        return Response(status=500, headers={"x-request-id": "\ud800"}, body=b"{}")

    def close_thread(self) -> None:
        """Holds nothing."""


def test_a_fault_while_the_list_is_read_back_is_a_failed_attempt(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch, reported: list[type[BaseException]]
) -> None:
    connection, number = harness.connect(), 20
    harness.queue(connection, donors(number))
    with monkeypatch.context() as patch:
        Place("ac_desktop.activecampaign.list_members.read_members").break_it(patch, OurFaultError())
        harness.relay_in_bulk(connection)
        harness.restart()
    faults = [
        attempt
        for attempt in harness.services.history.attempts(connection.id)
        if attempt.reason is not None and attempt.reason.code is ReasonCode.OWN_FAULT
    ]

    assert reported == [OurFaultError]
    assert [(attempt.cause, attempt.streak) for attempt in faults] == [(Cause.PASSING, 1)]
    assert harness.counts(connection).sending == 0
    assert harness.relay_in_bulk(connection).sent == number


def test_what_is_claimed_next_is_given_back_where_whoever_listens_has_a_fault(harness: DeliveryHarness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(3))

    def listen() -> None:
        if engine.progress(connection.id).sent:
            raise OurFaultError

    engine.subscribe(listen)
    counts = harness.relay(connection)

    assert (counts.sent, counts.waiting, counts.sending) == (1, 2, 0)


def test_nothing_is_given_back_where_whoever_listens_has_a_fault_at_the_end(harness: DeliveryHarness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(1))

    def listen() -> None:
        if engine.progress(connection.id).sent:
            raise OurFaultError

    engine.subscribe(listen)
    counts = harness.relay(connection)

    assert (counts.sent, counts.waiting, counts.sending) == (1, 0, 0)


def test_a_bulk_claim_that_meets_a_fault_before_its_relay_is_given_back(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(DONORS))
    Place("ac_desktop.relay.claim_queues.BulkRelay").break_it(monkeypatch, OurFaultError())
    counts = harness.relay_in_bulk(connection)

    assert (counts.sent, counts.waiting, counts.sending) == (1, DONORS - 1, 0)
    assert harness.now_is(connection).circuit.streak == 0


@pytest.mark.parametrize("place", IN_BULK)
def test_a_fault_in_a_bulk_request_is_a_failed_attempt_of_all_its_donors(
    harness: DeliveryHarness, place: str, monkeypatch: pytest.MonkeyPatch, reported: list[type[BaseException]]
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(DONORS))
    with monkeypatch.context() as patch:
        IN_BULK[place].break_it(patch, OurFaultError())
        for run in range(RUNS):
            harness.relay_in_bulk(connection)
            if not run:
                _, *together = harness.services.record_reader.all_records(connection.id)
                steps = {record.step for record in together}
            harness.restart()
    attempts = [a for a in harness.services.history.attempts(connection.id) if a.donors > 1]
    counts = harness.counts(connection)

    assert {(a.cause, a.reason.code if a.reason else None) for a in attempts} == {(Cause.PASSING, ReasonCode.OWN_FAULT)}
    assert len(attempts) == len(reported) <= rules.MOST_FAILURES_IN_A_ROW
    assert all(attempt.streak == number for number, attempt in enumerate(attempts, 1))
    assert (counts.rows, counts.sending) == (DONORS, 0)
    if place == "reading the result":
        assert (steps, counts.sent, len(attempts)) == ({Step.RESULT}, 1, rules.MOST_FAILURES_IN_A_ROW)
        assert harness.now_is(connection).state is ConnectionState.INACTIVE
    else:
        assert (steps, counts.sent, len(attempts)) == ({Step.CONTACT}, DONORS, 1)


@pytest.mark.parametrize("place", AFTER_A_REQUEST)
def test_trouble_of_the_store_is_no_mistake_and_counts_where_it_can_be_kept(
    harness: DeliveryHarness, place: str, monkeypatch: pytest.MonkeyPatch, reported: list[type[BaseException]]
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    with monkeypatch.context() as patch:
        PLACES[place].break_it(patch, StoreError(StoreProblem.LOCKED, StoreMessage.FOLDER_IN_USE))
        harness.relay(connection)
    (attempt,) = harness.services.history.attempts(connection.id)

    assert attempt.reason is not None
    assert (attempt.cause, attempt.reason.code) == (Cause.PASSING, ReasonCode.NOT_KEPT)
    assert harness.services.engine.progress(connection.id).trouble.startswith(
        "AC Desktop is already working in this folder."
    )
    assert reported == []
    assert harness.relay(connection).sent == 1


def test_a_store_that_cannot_be_written_to_loses_nobody(
    harness: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    with monkeypatch.context() as patch:
        for method in ("store_contact", "finish"):
            Place(f"ac_desktop.store.queue.queue.Queue.{method}").break_it(
                patch, StoreError(StoreProblem.FULL, StoreMessage.DISK_FULL, folder="here")
            )
        counts = harness.relay(connection)

    assert (counts.waiting, counts.sending) == (1, 0)
    assert not harness.services.history.attempts(connection.id)
    assert harness.services.engine.progress(connection.id).trouble.startswith(
        "The disk is full, so nothing more can be saved in here."
    )
    assert harness.relay(connection).sent == 1
