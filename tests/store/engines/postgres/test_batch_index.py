"""A batch is indexed whole, whatever of it is indexed already."""

from dataclasses import replace

from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, Store, new_record
from tests.postgres_server import server

ADDRESS = "someone-changed@example.org"


def test_a_donor_whose_address_changed_while_the_batch_was_open_is_indexed_once(store: Store) -> None:
    connection = store.connect()
    batch = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name="made-up.csv"), NOW)
    store.queue.add(connection.id, batch, [new_record(row) for row in (2, 3, 4)], NOW)
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET email = ? WHERE row = 3", (ADDRESS,))
    store.queue.close_batch(batch)
    indexed = store.database.rows("SELECT row FROM email_at a JOIN record r ON r.id = record_id AND r.email = a.email")
    assert sorted(row["row"] for row in indexed) == [2, 3, 4]
    assert store.count("SELECT COUNT(*) FROM email_at") == 3
    assert ADDRESS not in server().log()


def test_a_batch_that_is_closed_again_is_indexed_once(store: Store) -> None:
    connection = store.connect()
    batch = store.fill(connection, [replace(new_record(row), row_hash=row) for row in (2, 3, 4)])
    store.queue.close_batch(batch)
    counts = [
        store.count("SELECT COUNT(*) FROM email_at"),
        store.count("SELECT COUNT(*) FROM seen_row"),
        store.count("SELECT COUNT(*) FROM record_words"),
    ]
    assert counts == [3, 3, 3]
