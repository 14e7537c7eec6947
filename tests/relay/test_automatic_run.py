"""A relay that began by itself takes what came in by itself, singly; what a person began beside it is theirs."""

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.states import RecordState
from ac_desktop.practice.faults import Incoming
from ac_desktop.store.queue.records import BatchSource, NewRecord
from tests.harness import PATIENCE, Harness, donors


def come_in(harness: Harness, connection: Connection, made: list[Donor]) -> None:
    """Queue donors as a source of the connection does by itself."""
    services, now = harness.services, harness.clock.now()
    permit = services.automatic_relays.permit(connection.id)
    batch = services.queue.open_batch(connection.id, BatchSource(kind="file", file_name="made-up.csv"), now)
    rows = [NewRecord(row=row, donor=donor, state=RecordState.WAITING) for row, donor in enumerate(made, 2)]
    services.queue.add(connection.id, batch, rows, now)
    services.automatic_relays.cover(permit, batch)
    services.queue.close_batch(batch)


def relay_by_itself(harness: Harness, connection: Connection) -> None:
    harness.services.engine.start_automatic(connection.id)
    assert harness.services.engine.join(connection.id, PATIENCE)


def test_only_what_came_in_by_itself_leaves(harness: Harness) -> None:
    connection = harness.connect()
    harness.queue(connection, donors(3))
    harness.services.automatic_relays.turn_on(connection.id, harness.clock.now())
    come_in(harness, connection, donors(2, start=10))
    harness.queue(connection, donors(1, start=20))

    relay_by_itself(harness, connection)

    assert harness.emails_on_list() == {"donor10@example.org", "donor11@example.org"}
    assert harness.counts(connection).waiting == 4


@pytest.mark.parametrize("state", ["off", "paused"])
def test_nothing_leaves_where_a_person_said_so(harness: Harness, state: str) -> None:
    connection, services = harness.connect(), harness.services
    services.automatic_relays.turn_on(connection.id, harness.clock.now())
    come_in(harness, connection, donors(2))
    if state == "off":
        services.automatic_relays.turn_off(connection.id, harness.clock.now())
    else:
        services.pause_connection(connection.id)

    relay_by_itself(harness, connection)

    assert not harness.account.requests()
    assert harness.counts(connection).waiting == 2


def test_turning_the_switch_off_ends_what_is_under_way(harness: Harness) -> None:
    connection, services = harness.connect(), harness.services
    services.automatic_relays.turn_on(connection.id, harness.clock.now())
    come_in(harness, connection, donors(30))

    def off(_: Incoming) -> None:
        services.automatic_relays.turn_off(connection.id, harness.clock.now())

    harness.account.set_schedule(off)
    relay_by_itself(harness, connection)

    assert harness.counts(connection).sent <= 4
    assert harness.counts(connection).waiting >= 26


def test_a_relay_by_hand_beside_it_takes_what_the_person_saw_and_no_more(harness: Harness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(2))
    mark = harness.services.queue.last_record(connection.id)
    harness.queue(connection, donors(1, start=5))
    harness.services.automatic_relays.turn_on(connection.id, harness.clock.now())
    come_in(harness, connection, donors(3, start=10))

    harness.account.set_schedule(lambda _: engine.start(connection.id, through=mark))
    relay_by_itself(harness, connection)

    assert harness.emails_on_list() == {f"donor{number}@example.org" for number in (0, 1, 10, 11, 12)}
    assert harness.counts(connection).waiting == 1


def test_a_relay_by_itself_does_not_widen_one_by_hand(harness: Harness) -> None:
    connection, engine = harness.connect(), harness.services.engine
    harness.queue(connection, donors(2))
    mark = harness.services.queue.last_record(connection.id)
    harness.queue(connection, donors(1, start=5))
    harness.services.automatic_relays.turn_on(connection.id, harness.clock.now())
    come_in(harness, connection, donors(1, start=10))

    harness.account.set_schedule(lambda _: engine.start_automatic(connection.id))
    harness.relay(connection, through=mark)

    assert harness.emails_on_list() == {f"donor{number}@example.org" for number in (0, 1, 10)}


def test_what_a_pause_interrupted_goes_on_as_it_was(harness: Harness) -> None:
    connection, services = harness.connect(), harness.services
    harness.queue(connection, donors(1))
    services.automatic_relays.turn_on(connection.id, harness.clock.now())
    come_in(harness, connection, donors(20, start=10))
    pauses = iter([True])

    def pause_once(_: Incoming) -> None:
        if next(pauses, False):
            services.pause_connection(connection.id)

    harness.account.set_schedule(pause_once)
    relay_by_itself(harness, connection)
    assert harness.counts(connection).sent < 20

    services.resume_connection(connection.id)
    assert services.engine.join(connection.id, PATIENCE)

    assert harness.counts(connection).sent == 20
    assert harness.counts(connection).waiting == 1
