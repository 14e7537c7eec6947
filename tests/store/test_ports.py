"""What every engine's database gives the store: the ports, as they are used."""

import pytest

from ac_desktop.store.ports import Sql
from tests.made_up import NOW, Store
from tests.store.plain_rows import plain, plain_rows

BATCH = (
    "INSERT INTO batch (connection_id, kind, file_name, sheet, sha256, fingerprint, header, queued_at)"
    " VALUES (?, 'file', ?, '', '', '', '[]', ?)"
)
COLUMNS = ("row", "email", "phone", "first_name", "last_name", "page", "page_name", "team", "source")


def put_team(sql: Sql, *names: str) -> None:
    sql.many("INSERT INTO team (name, pages) VALUES (?, '[]')", [(name,) for name in names])


def load(sql: Sql, batch_id: int, count: int) -> int:
    first = sql.reserve_ids("record", count)
    shared = {
        "connection_id": 1,
        "batch_id": batch_id,
        "state": "waiting",
        "donation_id": "",
        "donated_at": "",
        "changed_at": NOW,
    }
    rows = [(at + 2, f"{at}@example.org", "", "", "", "", "", "", "") for at in range(count)]
    sql.load("record", COLUMNS, rows, shared, first_id=first)
    return first


def test_a_statement_says_how_many_rows_it_changed(store: Store) -> None:
    with store.database.writing() as sql:
        put_team(sql, "North", "South", "West")
        assert sql.execute("UPDATE team SET pages = '[1]' WHERE name <> ?", ("West",)) == 2
        assert sql.execute("DELETE FROM team WHERE name = :name", {"name": "East"}) == 0


def test_rows_are_read_by_the_names_of_their_columns(store: Store) -> None:
    with store.database.writing() as sql:
        put_team(sql, "North", "South")
        row = sql.row("SELECT name, pages AS among FROM team ORDER BY name")
        assert row is not None
        assert (row["name"], row["among"], list(row.keys())) == ("North", "[]", ["name", "among"])
        assert sql.row("SELECT name FROM team WHERE name = 'East'") is None
        assert [row["name"] for row in sql.rows("SELECT name FROM team ORDER BY name DESC")] == ["South", "North"]
    assert plain(store.database.row("SELECT COUNT(*) FROM team")) == (2,)


def test_equal_rows_are_equal_keys(store: Store) -> None:
    with store.database.writing() as sql:
        put_team(sql, "North", "South")
    query = "SELECT pages FROM team"
    assert len(set(store.database.rows(query) + store.database.rows(query))) == 1


def test_an_insert_says_its_id_and_one_that_inserts_nothing_is_a_fault_of_ours(store: Store) -> None:
    store.connect()
    with store.database.writing() as sql:
        first, second = (sql.insert(BATCH, (1, name, NOW)) for name in ("a.csv", "b.csv"))
        found = sql.row("SELECT file_name FROM batch WHERE id = ?", (second,))
        assert first != second
        assert plain(found) == ("b.csv",)
    with pytest.raises(RuntimeError), store.database.writing() as sql:
        sql.insert("INSERT INTO batch SELECT * FROM batch WHERE id = 0")


@pytest.mark.parametrize("count", [1, 50, 51, 130])
def test_rows_are_loaded_under_reserved_ids_with_what_they_share(store: Store, count: int) -> None:
    store.connect()
    with store.database.writing() as sql:
        batch_id = sql.insert(BATCH, (1, "a.csv", NOW))
        first = load(sql, batch_id, count)
        again = load(sql, batch_id, 3)
    assert again >= first + count, "nobody else gets a reserved ID"
    rows = store.database.rows(
        "SELECT id, row, email, state, changed_at FROM record WHERE id BETWEEN ? AND ? ORDER BY id",
        (first, first + count - 1),
    )
    assert plain_rows(rows) == [(first + at, at + 2, f"{at}@example.org", "waiting", NOW) for at in range(count)]


def test_rows_that_would_get_other_ids_than_the_reserved_are_not_loaded(store: Store) -> None:
    store.connect()
    with pytest.raises(RuntimeError), store.database.writing() as sql:
        sql.load("account", ("host", "pace"), [("other.api-us1.com", 4)], first_id=9)
    assert store.count("SELECT COUNT(*) FROM account") == 1


def test_what_is_generated_is_no_column_to_be_kept(store: Store) -> None:
    with store.database.writing() as sql:
        columns = sql.columns("record")
    assert {"id", "email", "reason"} <= set(columns)
    assert "reason_code" not in columns
    assert store.database.rows("SELECT reason_code FROM record") == []


def fail_after_two(store: Store) -> None:
    with store.database.writing() as sql:
        put_team(sql, "North")
        with store.database.writing() as inner:
            put_team(inner, "South")
        assert len(store.database.rows("SELECT name FROM team")) == 2, "it sees what it has written"
        raise ZeroDivisionError


def test_a_transaction_within_one_is_part_of_it(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_after_two(store)
    assert store.database.rows("SELECT name FROM team") == []


def test_a_list_is_one_value_of_a_statement(store: Store) -> None:
    with store.database.writing() as sql:
        put_team(sql, *(f"{number:04}" for number in range(3_000)))
    fragments = store.database.fragments
    wanted = [f"{number:04}" for number in range(0, 4_000, 2)]
    found = store.database.rows(
        f"SELECT name FROM team WHERE name {fragments.in_list} ORDER BY name",  # noqa: S608  a fragment of ours
        (fragments.list_value(wanted),),
    )
    assert [name for (name,) in found] == wanted[:1_500]
    placed = store.database.rows(
        f"SELECT given.place, t.name FROM {fragments.numbered_list} given"  # noqa: S608
        f" {fragments.join_in_order} team t ON t.name = given.value ORDER BY given.place",
        (fragments.list_value(["0007", "gone", "0003"]),),
    )
    assert plain_rows(placed) == [(0, "0007"), (2, "0003")]


def test_an_empty_list_has_nothing_of_any_kind(store: Store) -> None:
    with store.database.writing() as sql:
        put_team(sql, "North")
    fragments, nothing = store.database.fragments, store.database.fragments.list_value([])
    for table, column in (("team", "name"), ("record", "id")):
        query = f"SELECT 1 FROM {table} WHERE {column} {fragments.in_list}"  # noqa: S608  names of ours
        assert store.database.rows(query, (nothing,)) == []
    assert store.database.rows("SELECT name FROM team WHERE name IN ()") == []
    assert plain_rows(store.database.rows("SELECT name FROM team WHERE name NOT IN ()")) == [("North",)]


def test_a_number_is_truncated_not_rounded(store: Store) -> None:
    part = store.database.fragments.truncated.format("?")
    assert plain(store.database.row(f"SELECT {part}", (2.9,))) == (2,)


def test_a_version_changes_with_what_another_program_writes(store: Store) -> None:
    before = store.database.version_seen()
    with store.another() as other, other.database.writing() as sql:
        put_team(sql, "North")
    assert store.database.version_seen() != before


def test_many_rows_keep_every_character_that_a_store_can_keep(store: Store) -> None:
    odd = ["a\tb", "line\nline\r\n", "back\\slash \\N \\.", "", "Zoë 明 🎁", '{"in": "quotes"}', "a\x1fb"]
    with store.database.writing() as sql:
        sql.load("setting", ("name", "value"), [(str(at), text) for at, text in enumerate(odd)])
    found = store.database.rows("SELECT value FROM setting ORDER BY name")
    assert [row["value"] for row in found] == odd


def test_many_rows_may_lack_values_and_share_others(store: Store) -> None:
    connection = store.connect().id
    shared = {"connection_id": connection, "kind": "file", "queued_at": NOW, "sheet": "", "sha256": "", "header": "[]"}
    columns = ("file_name", "fingerprint", "loading_owner", "rows_read")
    with store.database.writing() as sql:
        sql.load("batch", columns, [("a.csv", "", None, 3), ("b.csv", "", "someone", None)], shared)
    found = store.database.rows("SELECT file_name, loading_owner, rows_read, queued_at FROM batch ORDER BY id")
    assert [plain(row) for row in found] == [("a.csv", None, 3, NOW), ("b.csv", "someone", None, NOW)]


def test_rows_are_updated_by_their_ids_and_others_stay(store: Store) -> None:
    store.fill(store.connect(), 3)
    first, second, third = (row["id"] for row in store.database.rows("SELECT id FROM record ORDER BY id"))
    with store.database.writing() as sql:
        sql.update("record", ("contact_id", "state"), [(third, "9", "sent"), (first, "7", "held")], {})
        sql.update("record", ("contact_id",), [(first, None)], {"changed_at": NOW + 1})
        sql.update("record", ("contact_id",), [], {"changed_at": NOW + 2})
    found = store.database.rows(
        "SELECT id, contact_id, state, changed_at = ? AS is_later FROM record ORDER BY id", (NOW + 1,)
    )
    assert [(row["id"], row["contact_id"], row["state"], bool(row["is_later"])) for row in found] == [
        (first, None, "held", True),
        (second, None, "waiting", False),
        (third, "9", "sent", False),
    ]
    states = store.database.rows("SELECT state, number FROM tally WHERE number > 0 ORDER BY state")
    assert plain_rows(states) == [("held", 1), ("sent", 1), ("waiting", 1)]
