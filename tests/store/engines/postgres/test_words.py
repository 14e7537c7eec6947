"""A word is found in the same donors whether the office has indexed their texts yet, later, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.store.engines.postgres import word_index
from ac_desktop.store.engines.postgres.schema.word_schema import FILLING
from ac_desktop.store.engines.postgres.sql import FRAGMENTS
from ac_desktop.store.engines.postgres.word_index import WordFiller, fill_batch
from ac_desktop.store.queries import listing
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import RecordQuery, parse_filter
from ac_desktop.store.queries.record_sql import RecordSql
from ac_desktop.store.queue.bulk_changes import BulkChanges
from tests.harness import donors
from tests.made_up import NOW, POSTGRES, Store, new_record
from tests.store.engines.postgres.plans import records_read

PEOPLE = (
    Donor(email="zoe@example.org", phone="2252501301", first_name="Zoë", last_name="Ñandú", page_name="Spring Gala"),
    Donor(email="bea_dot@example.org", phone="", first_name="Bea", last_name="O'Dot", page="gala-2026", team="North"),
    Donor(email="kim@example.com", phone="5045550100", first_name="Kim", last_name="100% Hale", source="door-to-door"),
)
WORDS = {
    "zoë": {2}, "ZOË": {2}, "ñan": {2}, "gala": {2, 3}, "Spring": {2}, "2250": set(), "22525": {2}, "bea_": {3},
    "o'dot": {3}, "north": {3}, "100%": {4}, "%": {4}, "_": {3}, "door": {4}, "EXAMPLE.ORG": {2, 3}, "e": {2, 3, 4},
    "nobody": set(), "made-up.csv": {2, 3, 4}, "zoe@example.orgzoë": set(),
}  # fmt: skip

REASON = '["duplicate_row", {"row": "Quux"}]'
MANY = 10_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data", POSTGRES) as made:
        yield made


@pytest.fixture
def connection(store: Store) -> Connection:
    made = store.connect()
    store.fill(made, [new_record(row, who) for row, who in enumerate(PEOPLE, 2)])
    return made


def found(store: Store, connection: Connection, word: str) -> set[int]:
    """Return the rows of the donors who have a word."""
    ids = Listing(store.database).ids(RecordQuery(connection.id, filter=parse_filter(word)))
    return {record.row for record in store.views.by_ids(ids.tolist())}


def filled(store: Store) -> int:
    return store.count("SELECT COUNT(*) FROM record_words")


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_found_before_and_after_it_is_indexed(store: Store, connection: Connection, word: str) -> None:
    assert filled(store) == len(PEOPLE)
    assert found(store, connection, word) == WORDS[word]
    with store.database.writing() as sql:
        sql.execute("DELETE FROM record_words")
        sql.execute("UPDATE batch SET has_words = 0")
    assert found(store, connection, word) == WORDS[word]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_many_have_is_sought_in_the_records(
    store: Store, connection: Connection, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MANY", 0)
    assert found(store, connection, word) == WORDS[word]


def test_what_is_indexed_follows_the_record(store: Store, connection: Connection) -> None:
    first, *_ = store.views.record_ids(connection.id)
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET last_name = 'Quist' WHERE id = ?", (first,))
    assert found(store, connection, "quist") == {2}
    assert found(store, connection, "ñandú") == set()


def test_what_a_reason_says_is_found_and_follows_it(store: Store, connection: Connection) -> None:
    first, *_ = store.views.record_ids(connection.id)
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET reason = ? WHERE id = ?", (REASON, first))
    assert [found(store, connection, word) for word in ("quux", "duplicate")] == [{2}, {2}]
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET reason = NULL WHERE id = ?", (first,))
    assert [found(store, connection, word) for word in ("quux", "duplicate")] == [set(), set()]


@pytest.mark.parametrize("word", ["donor9711@", "nobody", "duplicate"])
def test_few_are_looked_up_and_the_rest_left_unread(store: Store, connection: Connection, word: str) -> None:
    store.fill(connection, [new_record(row, donor) for row, donor in enumerate(donors(MANY), 2)])
    WordFiller(store.database).fill_all()
    with store.database.writing() as sql:
        sql.execute("ANALYZE")
        query, values = (
            RecordSql(FRAGMENTS, {word})
            .ids(RecordQuery(connection.id, filter=parse_filter(word)), (), by_index=False, first=10)
            .sql()
        )
        assert records_read(sql, query, values) <= 1


def test_a_contact_is_found_by_its_id(store: Store, connection: Connection) -> None:
    first, *_ = store.views.record_ids(connection.id)
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET contact_id = '987123' WHERE id = ?", (first,))
    assert found(store, connection, "8712") == {2}


def test_who_is_removed_leaves_no_text_and_who_is_restored_is_found(store: Store, connection: Connection) -> None:
    changes = BulkChanges(store.database)
    removal, removed = changes.remove(store.views.record_ids(connection.id), NOW)
    assert (removed, filled(store)) == (len(PEOPLE), 0)
    changes.restore(removal, NOW)
    assert found(store, connection, "bea_dot") == {3}
    assert filled(store) == len(PEOPLE)


def test_a_deleted_connection_leaves_no_text(store: Store, connection: Connection) -> None:
    with store.database.writing() as sql:
        sql.execute("DELETE FROM connection WHERE id = ?", (connection.id,))
    assert filled(store) == 0
    assert store.count("SELECT COUNT(*) FROM record") == store.count("SELECT COUNT(*) FROM source_row") == 0


@pytest.mark.usefixtures("connection")
def test_a_long_batch_is_filled_in_after_it_is_closed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_index, "CHUNK", 2)
    with store.database.writing() as sql:
        sql.execute("DELETE FROM record_words")
        sql.execute("UPDATE batch SET has_words = 0")
    WordFiller(store.database).fill_all()
    assert filled(store) == len(PEOPLE)
    assert store.count("SELECT MIN(has_words) FROM batch") == 1


def test_who_is_deleted_while_texts_are_filled_in_leaves_none(store: Store, connection: Connection) -> None:
    """The deletion waits for the chunk, or the chunk for the deletion: in both orders no text is left."""
    batch = store.count("SELECT MAX(id) FROM batch")
    ids = store.views.record_ids(connection.id)
    with store.database.writing() as sql:
        sql.execute("DELETE FROM record_words")
        sql.execute("DELETE FROM record WHERE id = ?", (ids[0],))
        held = "SELECT COUNT(*) FROM pg_locks WHERE pid = pg_backend_pid() AND mode = 'ShareLock' AND objid = ?"
        assert store.count(held, (FILLING & 0xFFFFFFFF,)) == 1
    fill_batch(store.database, batch, ids[0], ids[-1])
    assert filled(store) == len(PEOPLE) - 1


def test_the_index_serves_the_search(store: Store) -> None:
    with store.database.writing() as sql:
        sql.execute("SET LOCAL enable_seqscan TO off")
        plan = sql.rows("EXPLAIN SELECT record_id FROM record_words WHERE words LIKE '%hale%'")
    assert any("record_words_by_letters" in line for row in plan for line in row)


def test_without_the_extension_words_are_found_all_the_same(store: Store, connection: Connection) -> None:
    with store.database.writing() as sql:
        sql.execute("DROP EXTENSION pg_trgm CASCADE")
    assert found(store, connection, "zoë") == {2}
