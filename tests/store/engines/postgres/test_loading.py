"""Rows are loaded as they are, and a value that does not fit is found before the server could write its row down."""

import pytest

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from tests.made_up import NOW, Store, new_record
from tests.postgres_server import server

COLUMNS = ("name", "pages")
ODD = ["tab\there", "line\nbreak", "\\N", "\\.", 'quote"', "back\\slash", "Ångström 李", "{}", "", " ", "\x1f\x1e\x7f"]


def loaded(database: PostgresDatabase, *names: object) -> list[str]:
    with database.writing() as sql:
        sql.load("team", COLUMNS, [(name, "[]") for name in names])
    return [row["name"] for row in database.rows("SELECT name FROM team ORDER BY name")]


def test_texts_are_kept_as_they_are(database: PostgresDatabase) -> None:
    assert loaded(database, *ODD) == sorted(ODD, key=str.encode)


def test_what_a_server_cannot_store_of_a_text_is_replaced(database: PostgresDatabase) -> None:
    with database.writing() as sql:
        sql.execute("INSERT INTO team VALUES (?, '[]')", ("typed \ud800 \0",))
    assert loaded(database, "nul \0 here", "half \udc80 here") == ["half ? here", "nul \ufffd here", "typed ? \ufffd"]


@pytest.mark.parametrize(
    ("table", "columns", "row", "problem"),
    [
        ("team", COLUMNS, (None, "Annie Dot"), TypeError),
        ("team", COLUMNS, (7, "Annie Dot"), TypeError),
        ("account", ("host", "pace"), ("Annie Dot", "four"), TypeError),
        ("account", ("host", "pace"), ("Annie Dot", 1 << 63), ValueError),
        ("account", ("host", "pace"), ("Annie Dot", 4.5), TypeError),
        ("secret", ("name", "value"), ("Annie Dot", "text"), TypeError),
        ("team", ("name", "colour"), ("North", "Annie Dot"), KeyError),
    ],
)
def test_a_value_that_does_not_fit_never_reaches_the_server(
    database: PostgresDatabase, table: str, columns: tuple[str, ...], row: tuple[object, ...], problem: type[Exception]
) -> None:
    with pytest.raises(problem), database.writing() as sql:
        sql.load(table, columns, [row])
    assert "Annie Dot" not in server().log()


def test_ids_that_are_reserved_are_nobody_elses(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 2)
    with store.database.writing() as sql:
        first = sql.reserve_ids("record", 100)
    store.fill(connection, [new_record(9)])
    newest = store.views.record_ids(connection.id)[-1]
    assert newest >= first + 100
    assert store.count("SELECT COUNT(*) FROM record WHERE changed_at = ?", (NOW,)) == 3
