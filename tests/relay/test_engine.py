"""A running relay follows what happens beside it: a later limit, another key, a deleted connection, our fault."""

import threading
from pathlib import Path

import pytest

from ac_desktop.activecampaign.requests import Reply, Request
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.relay_texts import trouble_text
from ac_desktop.model.states import Cause, RecordState
from ac_desktop.practice.faults import DeletedContact, Faults, Incoming, OverLimit
from tests.harness import PATIENCE, Harness, donors

LIST_PATH = "contactLists"
SYNC_PATH = "contact/sync"


@pytest.mark.parametrize(("later", "sent"), [(True, 5), (False, 6)])
def test_a_running_relay_goes_on_to_the_later_mark(harness: Harness, later: bool, sent: int) -> None:  # noqa: FBT001
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(2))
    mark = harness.services.queue.last_record(connection.id)
    harness.queue(connection, donors(3, start=2))
    further = harness.services.queue.last_record(connection.id) if later else None
    harness.queue(connection, donors(1, start=9))
    running: list[bool] = []

    def go_on(_: Incoming) -> None:
        running.append(engine.is_running(connection.id))
        engine.start(connection.id, through=further)

    harness.account.set_schedule(go_on)
    counts = harness.relay(connection, through=mark)

    assert (counts.sent, counts.waiting) == (sent, 6 - sent)
    assert all(running)
    assert not engine.is_running(connection.id)


def test_whoever_listens_hears_of_the_beginning_each_record_and_the_end(harness: Harness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(3))
    heard: list[int] = []
    engine.subscribe(lambda: heard.append(engine.progress(connection.id).sent))

    harness.relay(connection)

    assert heard[-1] == 3
    assert len(heard) >= 1 + 3 + 1


def test_a_connection_that_is_deleted_ends_its_relay_without_trouble(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(20))

    def delete(_: Incoming) -> None:
        harness.services.connections.delete(connection.id)

    harness.account.set_schedule(delete)
    counts = harness.relay(connection)

    assert counts.rows == 0
    assert harness.services.engine.progress(connection.id).trouble == ""
    assert len(harness.account.requests()) < 20


def test_a_connection_that_is_deleted_while_its_relay_rests_ends_it_without_trouble(harness: Harness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(3))

    def lost(_account: str) -> bool:
        harness.services.connections.delete(connection.id)
        return True

    harness.offline = lost
    engine.start(connection.id)

    assert engine.join(connection.id, PATIENCE)
    assert engine.progress(connection.id).trouble == ""
    assert not harness.account.requests()


def test_a_key_that_is_replaced_is_used_from_the_next_record_on(tmp_path: Path) -> None:
    with Harness(tmp_path / "data", workers=1) as harness:
        connection = harness.connect(key="0" * 64)
        harness.queue(connection, donors(2))
        name = harness.services.connections.key_name(connection.id)

        def replace_key(_: Incoming) -> None:
            harness.services.keys.set(name, harness.server.key)
            harness.services.engine.reload_key(connection.id)

        harness.account.set_schedule(replace_key)
        assert harness.relay(connection).sent == 2
        reasons = [one.reason.code if one.reason else None for one in harness.services.history.attempts(connection.id)]
        assert reasons == [ReasonCode.KEY_REFUSED, None, None]
        harness.services.engine.reload_key(connection.id)


class _Broken:
    """A sender with a mistake of ours in it."""

    def send(self, request: Request) -> Reply:
        raise ZeroDivisionError(request.path)

    def close_thread(self) -> None:
        """Holds nothing."""


def test_a_mistake_of_ours_stops_the_relay_says_so_and_loses_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda arguments: reported.append(arguments.exc_type))
    with Harness(tmp_path / "data", workers=1) as harness:
        connection = harness.connect()
        harness.queue(connection, donors(3))
        monkeypatch.setattr(harness.services.engine, "sender_for", lambda *_: _Broken())

        counts = harness.relay(connection)

        assert (counts.waiting, counts.sending) == (3, 0)
        progress = harness.services.engine.progress(connection.id)
        assert "ran into an error" in trouble_text(progress.trouble, is_own_fault=progress.is_own_fault)
        assert reported == [ZeroDivisionError]
        (attempt,) = harness.services.history.attempts(connection.id)
        assert attempt.reason is not None
        assert (attempt.cause, attempt.reason.code) == (Cause.PASSING, ReasonCode.OWN_FAULT)


def test_a_contact_that_vanishes_again_and_again_is_a_passing_failure_and_is_tried_later(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    times = 0

    def vanish(incoming: Incoming) -> Faults:
        nonlocal times
        if incoming.path == LIST_PATH and times < 2:
            times += 1
            for contact in harness.account.contacts():
                harness.account.delete_contact(contact.id)
        return Faults(deleted_contact=DeletedContact.MESSAGE_404)

    harness.account.set_schedule(vanish)

    assert harness.relay(connection).sent == 1
    first, second = harness.services.history.attempts(connection.id)
    assert first.reason is not None
    assert (first.reason.code, second.reason) == (ReasonCode.CONTACT_GONE, None)


def test_a_known_contact_that_vanishes_before_its_memberships_are_asked_for_is_created_again(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    known = harness.account.add_contact("donor0@example.org")

    def vanish(incoming: Incoming) -> None:
        if incoming.method == "GET" and harness.account.contact_by_id(known.id) is not None:
            harness.account.delete_contact(known.id)

    harness.account.set_schedule(vanish)

    assert harness.relay(connection).sent == 1
    (attempt,) = harness.services.history.attempts(connection.id)
    assert [step.step for step in attempt.steps] == ["contact", "memberships", "contact", "list"]


def test_an_account_that_stays_busy_at_the_list_step_is_asked_again_there(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(1))
    until = harness.clock.now() + 700

    def busy(incoming: Incoming) -> Faults:
        return Faults(
            always_busy=incoming.path == LIST_PATH and harness.clock.now() < until, over_limit=OverLimit.RETRY_30
        )

    harness.account.set_schedule(busy)

    assert harness.relay(connection).sent == 1
    first = harness.services.history.attempts(connection.id)[0]
    assert first.reason is not None
    assert first.reason.code is ReasonCode.BUSY_TOO_LONG
    assert harness.account.count(SYNC_PATH) == 1
    assert harness.services.record_reader.record_ids(connection.id, RecordState.SENT)


def test_a_relay_that_rests_ends_automatically_when_all_are_stopped(harness: Harness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(2))
    harness.offline = lambda _: True
    engine.start(connection.id)

    assert engine.stop(timeout=60)
    assert not engine.is_running(connection.id)
    assert harness.counts(connection).waiting == 2
