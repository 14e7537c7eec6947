import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import pairwise, product
from pathlib import Path

import pytest
from peewee import SQL, Table

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.store.agreed_time import AgreedTime
from ac_desktop.store.history.activity import LAST_DAYS, LAST_HOURS, LAST_MONTHS, activity
from ac_desktop.store.ports import QueryCancelledError, QueryToken
from ac_desktop.store.queries import listing as listing_module
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import EVERYTHING, RecordQuery, Sort, SortKey, causes, of_cause, parse_filter
from ac_desktop.store.queue.bulk_changes import KEPT_FOR, BulkChanges
from tests.harness import Harness, donors


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def connection(harness: Harness) -> Connection:
    return harness.connect()


PEOPLE = [
    Donor(email="ann@example.org", first_name="Ann", last_name="Dot", phone="2250000001", page_name="Spring"),
    Donor(email="bela@example.org", first_name="Bela", last_name="Núñez", page="autumn-1"),
    Donor(email="100%_sure@example.org", first_name="carl", last_name="Dot"),
]


def fail(harness: Harness, number: int, code: ReasonCode, **values: object) -> None:
    with harness.services.database.writing() as sql:
        sql.execute(
            "UPDATE record SET state = 'failed', cause = 'donor', reason = ? WHERE id = ?",
            (reason(code, **values).to_json(), number),
        )


def found(harness: Harness, connection: Connection, text: str) -> list[str]:
    listing = Listing(harness.services.database)
    ids = listing.ids(RecordQuery(connection.id, filter=parse_filter(text)))
    return [record.donor.email.split("@")[0] for record in harness.services.record_reader.by_ids(list(ids))]


@pytest.mark.parametrize(
    ("text", "emails"),
    [
        ("", ["ann", "bela", "100%_sure"]),
        ("ann", ["ann"]),
        ("DOT", ["ann", "100%_sure"]),
        ("dot CARL", ["100%_sure"]),
        ("NÚÑEZ", ["bela"]),
        ("100%", ["100%_sure"]),
        ("%", ["100%_sure"]),
        ("_", ["100%_sure"]),
        ("0%s", []),
        ("2250000001", ["ann"]),
        ("page:spring", ["ann"]),
        ("page:autumn", ["bela"]),
        ("file:made", ["ann", "bela", "100%_sure"]),
        ('file:"made up"', []),
        ("state:wait", ["ann", "100%_sure"]),
        ("state:failed", ["bela"]),
        ("cause:donor_refused", ["bela"]),
        ("cause:donor", ["bela"]),
        ("cause:passing", []),
        ('"no such mailbox"', ["bela"]),
        ('"rejected this donor"', ["bela"]),
        ("state:failed ann", []),
        ("unknown:word", []),
    ],
)
def test_words_and_tokens_find_what_they_name(
    harness: Harness, connection: Connection, text: str, emails: list[str]
) -> None:
    harness.queue(connection, PEOPLE)
    fail(harness, 2, ReasonCode.DONOR_REFUSED, detail="no such mailbox")
    assert found(harness, connection, text) == emails


def test_a_word_that_stands_in_every_reason_and_very_many_words_are_looked_for(
    harness: Harness, connection: Connection
) -> None:
    harness.queue(connection, donors(3))
    listing = Listing(harness.services.database)
    for text in (
        "a",
        "e",
        " ".join(f"word{number}" for number in range(300)),
        "file:" + " file:".join("abcdefgh" * 20),
    ):
        assert list(listing.ids(RecordQuery(connection.id, filter=parse_filter(text)))) in ([], [1, 2, 3])


def test_nothing_typed_looks_for_nothing() -> None:
    assert parse_filter("  ") == EVERYTHING
    assert not parse_filter("")
    assert parse_filter('""') == parse_filter('state:"" file:"" cause:""') == EVERYTHING
    assert parse_filter("estado:x").words == ("estado:x",)
    assert parse_filter("state:esp", {"Esperando": RecordState.WAITING}).states == (RecordState.WAITING,)


@pytest.mark.parametrize("key", list(SortKey))
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_holds_every_record(
    harness: Harness, connection: Connection, key: SortKey, *, descending: bool
) -> None:
    harness.queue(connection, PEOPLE)
    question = RecordQuery(connection.id, sort=Sort(key, descending))
    listing = Listing(harness.services.database)
    ids = listing.ids(question)
    assert sorted(ids) == [1, 2, 3]
    assert list(listing.first_ids(question, 2)) == list(ids[:2])


def test_sorting_by_donor_does_not_mind_case(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, [PEOPLE[2], PEOPLE[1], PEOPLE[0]])
    listing = Listing(harness.services.database)
    assert list(listing.ids(RecordQuery(connection.id, sort=Sort(SortKey.DONOR)))) == [3, 2, 1]


def test_the_first_ones_of_all_states_come_in_order(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(9))
    for number in (2, 5, 8):
        fail(harness, number, ReasonCode.DONOR_REFUSED, detail="x")
    listing = Listing(harness.services.database)
    assert list(listing.first_ids(RecordQuery(connection.id), 6)) == [1, 2, 3, 4, 5, 6]
    assert listing.among(RecordQuery(connection.id, RecordState.FAILED), [1, 2, 99]) == {2}
    assert listing.among(RecordQuery(connection.id), []) == frozenset()


def test_many_numbers_arrive_whole(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(20_000))
    assert list(Listing(harness.services.database).ids(RecordQuery(connection.id))) == list(range(1, 20_001))


def test_failures_are_gathered_by_cause(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(6))
    for number in (1, 2, 3):
        fail(harness, number, ReasonCode.DONOR_REFUSED, detail=f"detail {number}")
    fail(harness, 4, ReasonCode.SERVER_TROUBLE, status=500)
    groups = causes(harness.services.database, connection.id)
    assert [(group.code, group.count, group.is_same) for group in groups] == [
        (ReasonCode.DONOR_REFUSED, 3, False),
        (ReasonCode.SERVER_TROUBLE, 1, True),
    ]
    asked = of_cause(connection.id, ReasonCode.DONOR_REFUSED)
    assert list(Listing(harness.services.database).ids(asked)) == [1, 2, 3]


def test_hold_release_and_retry_change_only_what_fits(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(2_500))
    changes, now = BulkChanges(harness.services.database), harness.clock.now()
    ids = list(range(1, 2_501))
    assert changes.hold(ids, now) == 2_500
    assert harness.counts(connection).held == 2_500
    record = harness.services.record_reader.record(1)
    assert record is not None
    assert record.reason is not None
    assert record.reason.code is ReasonCode.HELD_BY_PERSON
    assert changes.retry(ids, now) == 0
    assert changes.release(ids[:10], now) == 10
    assert harness.counts(connection).waiting == 10
    fail(harness, 1, ReasonCode.DONOR_REFUSED, detail="x")
    assert changes.retry(ids, now) == 10
    assert changes.states_of([1, 11]) == {RecordState.WAITING, RecordState.HELD}


def test_the_consent_guards_hold_needs_a_decision(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(1))
    held = reason(ReasonCode.UNSUBSCRIBED_UNDATED, list="Donors").to_json()
    with harness.services.database.writing() as sql:
        sql.execute("UPDATE record SET state = 'held', reason = ?", (held,))
    assert BulkChanges(harness.services.database).release([1], harness.clock.now()) == 0


def test_what_is_removed_comes_back_whole(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(1_200))
    harness.relay(connection, through=3)
    services, changes = harness.services, BulkChanges(harness.services.database)
    before = [services.record_reader.record(number) for number in (1, 2, 1_000)]
    attempts = services.history.attempts_of(1)
    assert attempts
    counts = harness.counts(connection)
    removal, removed = changes.remove(range(1, 1_201), harness.clock.now())
    assert removed == 1_200
    assert harness.counts(connection).rows == 0
    assert services.history.attempts_of(1) == []
    assert changes.restore(removal, harness.clock.now()) == 1_200
    assert [services.record_reader.record(number) for number in (1, 2, 1_000)] == before
    assert services.history.attempts_of(1) == attempts
    assert harness.counts(connection) == counts
    assert services.record_reader.source_row(5) is not None
    assert changes.restore(removal, harness.clock.now()) == 0
    harness.relay(connection, in_bulk=True)
    assert harness.counts(connection).sent == 1_200


def test_what_is_being_sent_is_not_removed_and_the_bin_is_emptied(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(3))
    changes, now = BulkChanges(harness.services.database), harness.clock.now()
    harness.services.queue.claim(connection.id, now)
    removal, removed = changes.remove([1, 2], now)
    assert removed == 1
    assert changes.purge(AgreedTime(now + KEPT_FOR - 1)) == 0
    assert changes.purge(AgreedTime(now + KEPT_FOR + 1)) > 0
    assert changes.restore(removal, harness.clock.now()) == 0


def test_relays_are_counted_by_hour_day_and_month(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(5))
    harness.relay(connection)
    database, now = harness.services.database, harness.clock.now()
    hours = activity(database, connection.id, LAST_HOURS, now)
    assert len(hours) == 24
    assert sum(bar.sent for bar in hours) == 5
    days = activity(database, connection.id, LAST_DAYS, now, offset=7200.0)
    assert (len(days), days[-1].sent + days[-2].sent) == (30, 5)
    assert sum(bar.sent for bar in activity(database, connection.id, LAST_HOURS, now + 25 * 3600)) == 0
    months = activity(database, connection.id, LAST_MONTHS, now)
    assert (len(months), months[-1].sent, months[-1].total) == (12, 5, 5)
    assert all(one.until == other.at for one, other in pairwise(months))
    with database.writing() as sql:
        sql.execute("UPDATE attempt SET outcome = 'held' WHERE id = 1")
        sql.execute("UPDATE attempt SET outcome = 'failed', cause = 'donor' WHERE id = 2")
    last = activity(database, connection.id, LAST_MONTHS, now)[-1]
    assert (last.sent, last.held, last.failed) == (3, 1, 1)


@pytest.fixture
def as_if_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a short table as a long one: the first rows before all of them."""
    monkeypatch.setattr(listing_module, "LONG", 0)


@pytest.mark.usefixtures("as_if_long")
@pytest.mark.parametrize("key", list(SortKey))
@pytest.mark.parametrize("descending", [False, True])
def test_the_first_rows_are_those_that_the_whole_list_begins_with(
    harness: Harness, connection: Connection, key: SortKey, *, descending: bool
) -> None:
    people = [
        Donor(email=f"donor{at * 7 % 23}@example.org", first_name=name, last_name="Dot" if at % 3 else "")
        for at, name in enumerate("abcdefghijAB")
    ]
    harness.queue(harness.connect("Another"), PEOPLE)
    harness.queue(connection, people)
    fail(harness, 5, ReasonCode.DONOR_REFUSED, detail="no such mailbox")
    listing = Listing(harness.services.database)
    for state, words in product((None, RecordState.WAITING), ("", "dot")):
        question = RecordQuery(connection.id, state, parse_filter(words), Sort(key, descending))
        steps = list(listing.steps(question, 4))
        whole = listing.ids(question)
        assert steps[-1].ids == whole
        assert [step.is_whole for step in steps] == [False] * (len(steps) - 1) + [True]
        assert len(whole) in {7, 8, 11, 12}
        for step in steps:
            assert step.ids == whole[: len(step.ids)]
            assert len(step.ids) >= 4
        assert listing.first_ids(question, 4) == whole[:4]


@pytest.mark.usefixtures("as_if_long")
def test_a_query_that_is_cancelled_ends(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, donors(20))
    listing, look = Listing(harness.services.database), QueryToken()
    steps = listing.steps(RecordQuery(connection.id, sort=Sort(SortKey.EMAIL)), 4, look)
    assert len(next(steps).ids) == 4
    look.cancel()
    with pytest.raises(QueryCancelledError):
        next(steps)


class Endless:
    def sql(self) -> tuple[str, tuple[object, ...]]:
        return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n WHERE i > 1", ()


def test_giving_up_interrupts_what_sqlite_is_at(harness: Harness) -> None:
    look = QueryToken()
    begun = threading.Event()

    def endless() -> None:
        with harness.services.database.looking(look) as reader:
            begun.set()
            reader.rows(Endless())

    with ThreadPoolExecutor(1) as hands:
        looking = hands.submit(endless)
        assert begun.wait(20)
        while not looking.done():
            look.cancel()
            wait([looking], timeout=0.01)
        assert isinstance(looking.exception(), QueryCancelledError)


def test_whoever_asks_for_no_first_ones_is_given_all_at_once(harness: Harness, connection: Connection) -> None:
    harness.queue(connection, PEOPLE)
    listing = Listing(harness.services.database)
    question = RecordQuery(connection.id, filter=parse_filter("example"))
    everybody = listing.ids(question)
    assert everybody
    for first in (0, 2):
        (step,) = listing.steps(question, first)
        assert (step.ids, step.is_whole) == (everybody, True)


def test_a_query_reports_faults_of_ours_as_they_are(harness: Harness) -> None:
    question = Table("no_such_table").select(SQL("id"))
    with (
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        harness.services.database.looking(QueryToken()) as reader,
    ):
        reader.rows(question)
