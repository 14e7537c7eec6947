"""Queues of every kind for tests of moves, and what two databases have in common."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from ac_desktop.store.imports.row_hashes import RowHashes, with_row_hashes
from ac_desktop.store.moving.tables import OF_CONNECTION, SHARED, STREAMED
from ac_desktop.store.opening import StoredDatabase, StoreLocation, open_database, own_store_in
from ac_desktop.store.ports import EVERY_CONNECTION, Database, Sql
from ac_desktop.store.queue.batches import columns_of
from ac_desktop.store.queue.records import BatchSource
from tests import made_up
from tests.made_up import Store
from tests.store import release

ALL: Final = (*STREAMED, *OF_CONNECTION, *SHARED)
_QUIET: Final = (
    "DELETE FROM batch WHERE loading_owner IS NOT NULL",
    "UPDATE record SET state = 'waiting', owner = NULL, lease_until = NULL, claim_token = NULL WHERE state = 'sending'",
    "UPDATE record SET step = 'contact' WHERE step = 'result'",
)
_MORE: Final = (
    "INSERT INTO watched_folder (connection_id, path) VALUES (1, '/exports')",
    "INSERT INTO schedule (connection_id, every_minutes, chosen_at) VALUES (1, 60, 1)",
    "INSERT INTO last_look (connection_id, at) VALUES (1, 2.5)",
    "INSERT INTO fetched_days (connection_id, through, not_before) VALUES (1, '2026-11-01', 0)",
    "INSERT INTO automatic_relay (connection_id, is_on, turn, changed_at, changed_by) VALUES (1, 1, 3, 1, 'ana')",
    "INSERT INTO automatic_action (connection_id, at, code, details) VALUES (1, 1, 'looked', '{}')",
    "INSERT INTO notice (connection_id, at, code, subject, details) VALUES (1, 1, 'gone', 'x', '{}')",
    "INSERT INTO webhook_body (connection_id, body_hash, at) VALUES (1, x'00ff', 1)",
    "INSERT INTO anedot_source (connection_id, account_uid, key_name) VALUES (1, 'uid', 'its key')",
    "INSERT INTO anedot_requests (account_uid, month, requests) VALUES ('uid', '2026-11', 7)",
    "INSERT INTO anedot_turn (account_uid, began_at) VALUES ('uid', 5)",
    "INSERT INTO fetched_donation (connection_id, donation_hash, left_out) VALUES (1, -77, 0)",
    "INSERT INTO setting (name, value) VALUES ('days', '90')",
    "INSERT INTO correction (batch_id, row, record_id, edits, replaced_by) SELECT batch_id, 9999, id, 0, id + 1"
    " FROM record ORDER BY id LIMIT 1",
    "UPDATE record SET automatic_turn = 3 WHERE connection_id = 1 AND state = 'waiting'",
)


def fill(folder: Path) -> None:
    """Give a folder a queue with rows in every table, of which nothing is on its way."""
    release.load(release.stored(1), folder)
    with changing(own_store_in(folder)) as sql:
        for statement in (*_QUIET, *_MORE):
            sql.execute(statement)


def fill_simply(folder: Path, people: Sequence[int], *, file_name: str = "spring.csv", name: str = "Spring") -> None:
    """Give a folder a queue with one connection and these people, whose rows have hashes as an import gives them."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Store(folder) as store:
        connection = store.connections.create(made_up.settings(name), made_up.NOW)
        key = RowHashes(store.database).key()
        source = BatchSource(kind="file", file_name=file_name, sha256=file_name, header=("Email",))
        batch = store.queue.open_batch(connection.id, source, made_up.NOW)
        rows = with_row_hashes(columns_of([made_up.new_record(number) for number in people]), key)
        store.queue.add_rows(connection.id, batch, rows, made_up.NOW)
        store.queue.close_batch(batch, len(people), now=made_up.NOW)


@contextmanager
def opened(location: StoreLocation) -> Iterator[StoredDatabase]:
    """Open a database for a moment."""
    with closing(open_database(location)) as database:
        yield database


@contextmanager
def changing(location: StoreLocation) -> Iterator[Sql]:
    """Change a database by plain SQL."""
    with opened(location) as database, database.writing(EVERY_CONNECTION) as sql:
        yield sql


def contents(database: Database, columns: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table that moves."""
    found = {}
    for table, names in columns.items():
        query = f"SELECT {', '.join(names)} FROM {table} ORDER BY {_key(table)}"  # noqa: S608
        found[table] = [tuple(row) for row in database.rows(query)]
    return found


def moved_columns(database: StoredDatabase) -> dict[str, Sequence[str]]:
    """Return the columns of every table that moves."""
    with database.writing() as sql:
        return {table: sql.columns(table) for table in (*(one.name for one in ALL), "connection", "team", "secret")}


def _key(table: str) -> str:
    keys = {one.name: ", ".join(one.key) for one in ALL}
    return keys.get(table, "name")
