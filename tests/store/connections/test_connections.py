"""Connections are kept as people set them up; pace and teams belong to all of them; every change leaves a trace."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import CircuitState, ConnectionSettings
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.payload import ContactField
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.rules import Failure
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.model.states import Cause, ConnectionState, RecordState
from ac_desktop.store.connections.connections import PageSeen, ScopeChangePreview
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.queue.records import NewRecord, StateCounts
from tests.made_up import NOW, Store, donor, new_record, settings
from tests.store.plain_rows import plain_rows

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
SCOPES = st.builds(
    Scope,
    st.sampled_from(ScopeKind),
    st.lists(NAMES, max_size=3).map(tuple),
    st.none() | st.builds(Team, NAMES, st.lists(NAMES, max_size=3).map(tuple)),
)
SETTINGS = st.builds(
    ConnectionSettings,
    name=NAMES,
    address=st.sampled_from(["acct.api-us1.com", "other.api-us1.com", "http://127.0.0.1:8080"]).map(parse_address),
    list_id=st.integers(1, 10**9).map(str),
    list_name=NAMES,
    scope=SCOPES,
    pace=st.integers(1, 5),
    phone_style=st.sampled_from(PhoneStyle),
    consent_guard=st.booleans(),
    keep_fields=st.frozensets(st.sampled_from(ContactField)),
)


@pytest.fixture(scope="module")
def long_lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("data")) as made:
        yield made


def kinds(store: Store, connection_id: int) -> list[EventKind]:
    return [event.kind for event in store.history.events(connection_id)]


@given(first=SETTINGS, second=SETTINGS)
def test_settings_come_back_as_they_were_set(
    long_lived: Store, first: ConnectionSettings, second: ConnectionSettings
) -> None:
    connections = long_lived.connections
    made = connections.create(first, NOW)

    assert made.settings == first
    assert made.circuit == CircuitState()
    changed = connections.change(made.id, second, NOW)
    assert changed.settings == second
    assert connections.get(made.id) == connections.named(second.name.upper() if second.name.isascii() else second.name)
    connections.delete(made.id)
    assert connections.get(made.id) is None


def test_connections_are_found_by_number_and_by_name_without_case(store: Store) -> None:
    autumn, spring = store.connect(settings("Autumn")), store.connect(settings("spring"))

    assert store.connections.all() == [autumn, spring]
    assert store.connections.named("SPRING") == spring
    assert store.connections.named("winter") is None
    assert store.connections.get(99) is None
    assert store.connections.key_name(autumn.id) != store.connections.key_name(spring.id) != ""
    assert store.connections.key_name(99) == ""
    assert store.connections.last_relay(spring.id) is None
    assert store.connections.last_relay(99) is None


def test_two_connections_never_share_a_name(store: Store) -> None:
    store.connect(settings("Spring"))
    autumn = store.connect(settings("Autumn"))

    with pytest.raises(Exception, match=r"(?i)unique constraint"):
        store.connect(settings("SPRING", pace=1))
    with pytest.raises(Exception, match=r"(?i)unique constraint"):
        store.connections.change(autumn.id, settings("spring", pace=1), NOW)

    assert [connection.name for connection in store.connections.all()] == ["Autumn", "Spring"]
    assert store.now_is(autumn) == autumn


def test_the_last_pace_set_for_an_account_holds_for_all_its_connections(store: Store) -> None:
    first = store.connect(settings("First", pace=4))
    other = store.connect(settings("Other", address="other.api-us1.com", pace=5))
    store.connect(settings("Second", pace=2))

    assert store.now_is(first).settings.pace == 2
    assert store.now_is(other).settings.pace == 5
    assert store.connections.pace("acct.api-us1.com", otherwise=4) == 2
    assert store.connections.pace("new.api-us1.com", otherwise=4) == 4


def test_a_team_is_one_for_all_connections_and_known_without_case(store: Store) -> None:
    first = store.connect(settings("First", scope=Scope(team=Team("North", ("spring",)))))
    store.connect(settings("Second", scope=Scope(team=Team("north", ("gala", "walk")))))

    team = store.now_is(first).settings.scope.team
    assert team == Team("North", ("gala", "walk"))
    assert store.connections.teams() == [Team("North", ("gala", "walk"))]


def test_every_change_is_kept_with_when_and_who(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "annie")
    connection = store.connect()
    calls: list[Callable[[], object]] = [
        lambda: store.connections.change(connection.id, connection.settings, NOW + 1),
        lambda: store.connections.change(connection.id, replace(connection.settings, list_id="7"), NOW + 2),
        lambda: store.connections.pause(connection.id, NOW + 3),
        lambda: store.connections.pause(connection.id, NOW + 4),
        lambda: store.connections.resume(connection.id, NOW + 5),
        lambda: store.connections.resume(connection.id, NOW + 6),
    ]
    for call in calls:
        call()

    events = store.history.events(connection.id)
    assert [(event.kind, event.at - NOW, event.who) for event in events] == [
        (EventKind.CREATED, 0, "annie"),
        (EventKind.CHANGED, 2, "annie"),
        (EventKind.PAUSED, 3, "annie"),
        (EventKind.RESUMED, 5, "annie"),
    ]


def test_a_reactivation_clears_streak_and_wait_and_lets_one_go_alone(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 9)
    for _ in range(5):
        store.end(store.claim(connection, NOW + 1000), Failure(Cause.DONOR), NOW)
    inactive = store.connections.resume(connection.id, NOW)
    revived = store.connections.reactivate(connection.id, NOW)

    assert inactive.state is ConnectionState.INACTIVE
    assert revived.circuit == CircuitState(careful=True)
    assert kinds(store, connection.id)[-2:] == [EventKind.DEACTIVATED, EventKind.REACTIVATED]
    assert store.queue.counts(connection.id) == StateCounts(waiting=4, failed=5)


def test_a_careful_beginning_lets_one_go_alone(store: Store) -> None:
    connection = store.connect()
    store.connections.limit_to_single(connection.id)
    store.connections.limit_to_single(connection.id)
    store.connections.limit_to_single(99)

    assert store.now_is(connection).circuit == CircuitState(careful=True)


@pytest.mark.parametrize("what", ["change", "pause", "resume", "reactivate"])
def test_what_is_no_longer_kept_cannot_be_changed(store: Store, what: str) -> None:
    arguments = (settings(), NOW) if what == "change" else (NOW,)

    with pytest.raises(LookupError):
        getattr(store.connections, what)(99, *arguments)


def test_a_deleted_connection_leaves_nothing_and_takes_nothing_of_others(store: Store) -> None:
    connection, other = store.connect(), store.connect(settings("Other"))
    for one in (connection, other):
        store.fill(one, 3)
        store.end(store.claim(one), Failure(Cause.DONOR))

    store.connections.delete(connection.id)

    for table in ("batch", "record", "attempt", "event", "tally"):
        found = store.database.rows(f"SELECT DISTINCT connection_id FROM {table}")  # noqa: S608  a fixed name
        assert plain_rows(found) == [(other.id,)], table
    assert store.count("SELECT COUNT(*) FROM source_row") == 3


SPRING = Scope(ScopeKind.ONLY, ("spring",))
GALA = Scope(ScopeKind.ONLY, ("gala",))


def on_page(row: int, page: str, *, email: int | None = None, when: str = "") -> NewRecord:
    return replace(new_record(row, donor(email or row, page=page)), donated_at=when)


def test_another_scope_skips_what_waits_and_brings_back_what_it_takes(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [on_page(2, "spring"), on_page(3, "gala"), on_page(4, "")])
    preview = store.connections.preview_change(connection.id, settings(scope=SPRING))

    store.connections.change(connection.id, settings(scope=SPRING), NOW)

    assert preview == ScopeChangePreview(waiting=3, becoming_skipped=2, coming_back=0, other_account_or_list=False)
    records = store.views.records(connection.id)
    assert [record.state for record in records] == [RecordState.WAITING, RecordState.SKIPPED, RecordState.HELD]
    assert [record.reason and record.reason.code for record in records] == [
        None,
        ReasonCode.PAGE_NOT_CHOSEN,
        ReasonCode.PAGE_UNKNOWN,
    ]

    assert store.connections.preview_change(connection.id, settings(scope=GALA)).coming_back == 1
    store.connections.change(connection.id, settings(scope=GALA), NOW)
    assert store.states(connection) == [RecordState.SKIPPED, RecordState.WAITING, RecordState.HELD]
    store.connections.change(connection.id, settings(), NOW)
    assert store.queue.counts(connection.id) == StateCounts(waiting=3)


def test_a_scope_leaves_what_was_decided_otherwise(store: Store) -> None:
    connection = store.connect()
    bad = reason(ReasonCode.BAD_EMAIL, email="annie")
    refunded = reason(ReasonCode.REFUNDED)
    store.fill(
        connection,
        [
            replace(on_page(2, "gala"), state=RecordState.HELD, reason=bad),
            replace(on_page(3, "gala"), state=RecordState.SKIPPED, reason=refunded),
            on_page(4, "gala"),
        ],
    )
    store.end(store.claim(connection), Failure(Cause.DONOR))
    before = store.views.records(connection.id)

    store.connections.change(connection.id, settings(scope=SPRING), NOW)

    assert store.views.records(connection.id) == before


def test_a_preview_changes_nothing_and_names_another_account_or_list(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, [on_page(2, "gala")])

    for other in (settings(address="other.api-us1.com", scope=SPRING), replace(settings(), list_id="7")):
        assert store.connections.preview_change(connection.id, other).other_account_or_list

    assert store.now_is(connection) == connection
    assert store.states(connection) == [RecordState.WAITING]


def test_pages_that_imports_have_named_are_reported_the_most_frequent_first(store: Store) -> None:
    connection = store.connect()
    named = replace(on_page(5, "spring").donor, page_name="Spring Appeal")
    store.fill(connection, [on_page(2, "gala"), on_page(3, "spring"), on_page(4, ""), new_record(5, named)])

    assert store.connections.pages_seen() == [PageSeen("spring", "Spring Appeal", 2), PageSeen("gala", "", 1)]
    assert store.connections.pages_seen(limit=1) == [PageSeen("spring", "Spring Appeal", 2)]
