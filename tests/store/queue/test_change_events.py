"""Whatever changes many donors at once leaves an event in the log of each connection that it changed."""

from collections.abc import Callable

import pytest

from ac_desktop.model.rules import DEFAULT_RETENTION_DAYS, Success
from ac_desktop.store.agreed_time import AgreedTime
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.privacy.retention import DAY, Retention
from tests.made_up import NOW, Store, settings

LATER = NOW + 1
OTHER = "https://other.api-us1.com"


def changed(store: Store, connection_id: int) -> list[tuple[EventKind, dict[str, str]]]:
    """Return the newest events, with their numbers, but for those of the connection itself."""
    events = store.history.events(connection_id)
    assert all(event.who for event in events)
    return [(event.kind, event.details) for event in events if event.kind is not EventKind.CREATED]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (EventKind.RETRIED, lambda store, ids: store.changes.retry(ids, LATER)),
        (EventKind.HELD, lambda store, ids: store.changes.hold(ids, LATER)),
        (EventKind.REMOVED, lambda store, ids: store.changes.remove(ids, LATER)[1]),
    ],
)
def test_a_change_says_how_many_it_changed_of_each_connection(
    store: Store, kind: EventKind, change: Callable[[Store, list[int]], int]
) -> None:
    spring, autumn = store.connect(), store.connect(settings("Autumn", address=OTHER))
    store.fill(spring, 3)
    store.fill(autumn, 2)
    store.end(store.claim(spring), Success())
    ids = [*store.views.record_ids(spring.id)[:2], *store.views.record_ids(autumn.id)]
    if kind is EventKind.REMOVED:
        ids = ids[1:]

    assert change(store, ids) == 3

    ((of_spring, in_spring),) = changed(store, spring.id)
    ((of_autumn, in_autumn),) = changed(store, autumn.id)
    assert (of_spring, in_spring["records"]) == (kind, "1")
    assert (of_autumn, in_autumn["records"]) == (kind, "2")


def test_what_is_undone_leaves_an_event_and_what_changes_nothing_leaves_none(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    ids = store.views.record_ids(connection.id)
    assert store.changes.release(ids, LATER) == 0
    assert changed(store, connection.id) == []
    store.changes.hold(ids[:1], LATER)
    assert store.changes.release(ids, LATER) == 1
    removal, _ = store.changes.remove(ids, LATER)
    store.changes.restore(removal, LATER)
    assert changed(store, connection.id) == [
        (EventKind.HELD, {"records": "1", "record": str(ids[0])}),
        (EventKind.RELEASED, {"records": "1"}),
        (EventKind.REMOVED, {"records": "2", "removal": str(removal)}),
        (EventKind.RESTORED, {"records": "2", "removal": str(removal)}),
    ]


def test_another_speed_is_in_the_log_of_each_connection_of_the_account(store: Store) -> None:
    spring, autumn = store.connect(), store.connect(settings("Autumn"))
    other = store.connect(settings("Other", address=OTHER))
    store.connections.change(spring.id, settings(pace=2), NOW)
    for connection in (spring, autumn):
        assert (EventKind.SPEED, {"speed": "2"}) in changed(store, connection.id)
    assert changed(store, other.id) == []


def test_removed_old_data_is_counted_in_one_event(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    for _ in range(2):
        store.end(store.claim(connection), Success())
    result = Retention(store.database).remove_old(AgreedTime(NOW + (DEFAULT_RETENTION_DAYS + 1) * DAY))
    assert (result.donors, result.attempts) == (2, 2)
    assert changed(store, connection.id) == [(EventKind.EMPTIED, {"donors": "2", "attempts": "2"})]
