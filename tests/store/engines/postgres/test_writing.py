"""Transactions about connections: each waits for its turn, in one order, and none waits for rows of open batches."""

import threading
from collections.abc import Callable

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.ports import EVERY_CONNECTION, NO_CONNECTION, Sql, WriteScope
from tests.made_up import Store, settings

PATIENCE = 20.0
ROUNDS = 25


class Writer(threading.Thread):
    """A thread that writes about some connections, and says when it has its turn."""

    def __init__(self, database: PostgresDatabase, scope: WriteScope, *, staging: bool = False) -> None:
        super().__init__()
        self.has_turn = threading.Event()
        self.may_end = threading.Event()
        self._database, self._scope, self._staging = database, scope, staging

    def run(self) -> None:
        with self._database.writing(self._scope, staging=self._staging):
            self.has_turn.set()
            self.may_end.wait(PATIENCE)


def waits_for_another(store: Store) -> bool:
    """Whether a transaction waits for a lock."""
    end = threading.Event()
    for _ in range(200):
        if store.count("SELECT COUNT(*) FROM pg_locks WHERE NOT granted"):
            return True
        end.wait(0.01)
    return False


def stand_in_line(store: Store, first: WriteScope, second: WriteScope, *, staging: bool = False) -> bool:
    """Return whether the second writer had to wait for the first one."""
    assert isinstance(store.database, PostgresDatabase)
    one, other = Writer(store.database, first), Writer(store.database, second, staging=staging)
    one.start()
    assert one.has_turn.wait(PATIENCE)
    other.start()
    waited = waits_for_another(store) if not other.has_turn.wait(0.2) else False
    one.may_end.set()
    assert other.has_turn.wait(PATIENCE)
    other.may_end.set()
    one.join()
    other.join()
    return waited


def two_connections(store: Store) -> tuple[int, int]:
    return store.connect().id, store.connect(settings("Autumn")).id


def test_writers_about_one_connection_take_turns_and_others_do_not_wait(store: Store) -> None:
    first, second = two_connections(store)
    assert stand_in_line(store, WriteScope.of(first), WriteScope.of(first))
    assert stand_in_line(store, WriteScope.of(first), WriteScope.account_of(second)), "both are of one account"
    assert stand_in_line(store, EVERY_CONNECTION, WriteScope.of(second))
    assert stand_in_line(store, NO_CONNECTION, NO_CONNECTION)
    assert not stand_in_line(store, WriteScope.of(first), WriteScope.of(second))
    assert not stand_in_line(store, WriteScope.of(first), NO_CONNECTION)


def test_a_batch_and_records_stand_for_their_connection(store: Store) -> None:
    first = store.connect()
    batch = store.fill(first, 2)
    (one, _) = store.views.record_ids(first.id)
    assert stand_in_line(store, WriteScope.of(first.id), WriteScope.of_batch(batch))
    assert stand_in_line(store, WriteScope.of_records([one]), WriteScope.of(first.id))


def test_rows_of_an_open_batch_wait_for_no_writer(store: Store) -> None:
    first, _ = two_connections(store)
    assert not stand_in_line(store, WriteScope.of(first), WriteScope.of(first), staging=True)


def test_writers_who_name_connections_in_any_order_never_wait_for_each_other_in_a_circle(store: Store) -> None:
    first, second = two_connections(store)
    store.fill(store.connections.all()[0], 4)
    problems: list[Exception] = []

    def write(scopes: list[WriteScope], work: Callable[[Sql], object]) -> None:
        try:
            for number in range(ROUNDS):
                with store.database.writing(scopes[number % len(scopes)]) as sql:
                    work(sql)
        except Exception as error:  # noqa: BLE001  whatever it is, the test shows it
            problems.append(error)

    def change(sql: Sql) -> None:
        for connection in (second, first):
            sql.execute("UPDATE connection SET streak = streak + 1 WHERE id = ?", (connection,))
        sql.execute("UPDATE record SET state = CASE state WHEN 'held' THEN 'waiting' ELSE 'held' END")

    orders = [WriteScope.of(first, second), WriteScope.of(second, first), EVERY_CONNECTION]
    threads = [threading.Thread(target=write, args=(orders[at:] + orders[:at], change)) for at in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert store.count("SELECT streak FROM connection WHERE id = ?", (first,)) == 3 * ROUNDS
    assert store.count("SELECT SUM(number) FROM tally") == store.count("SELECT COUNT(*) FROM record")
