"""A claim and its outcome scan no table, so that they cost the same however much is kept."""

from ac_desktop.model.rules import Failure, Success
from ac_desktop.model.states import Cause
from ac_desktop.store.connections.automatic_relay import AutomaticRelays
from ac_desktop.store.engines.sqlite.sql import FRAGMENTS
from ac_desktop.store.queue import bulk_queue, queue
from ac_desktop.store.queue.bulk_queue import BulkQueue
from tests.made_up import NOW, Store
from tests.store.sqlite_file import the_file

OPEN_BATCHES = {f"SCAN batch USING {kind} batch_loading" for kind in ("INDEX", "COVERING INDEX")}
"""An index that holds batches alone that are being taken in: hardly ever one."""


def looked_through(store: Store, statements: list[str]) -> set[str]:
    """Return the tables that SQLite scans for these statements."""
    plans = (
        detail
        for statement in statements
        if statement.startswith(("SELECT", "UPDATE", "INSERT", "DELETE"))
        for *_, detail in store.database.rows(f"EXPLAIN QUERY PLAN {statement}")
    )
    return {detail for detail in plans if detail.startswith("SCAN")}


def test_no_statement_of_a_claim_and_its_outcome_looks_through_a_table(store: Store) -> None:
    connection = store.connect()
    store.fill(connection, 20)
    bulk = BulkQueue(store.database, store.owners)
    statements: list[str] = []
    with the_file(store.database).writing() as sql:
        sql.connection.set_trace_callback(lambda statement: statements.append(statement.strip()))

    for end in (Success(), Failure(Cause.DONOR), Failure(Cause.PASSING)):
        claim = store.claim(connection, NOW + 100)
        store.queue.store_contact(claim, "25", now=NOW + 100)
        store.end(claim, end, NOW + 100)
    in_bulk = bulk.claim(connection.id, NOW + 200, lambda payloads: range(len(payloads)), most=10)

    assert in_bulk is not None
    assert len(statements) > 30
    assert looked_through(store, statements) <= OPEN_BATCHES


def test_the_next_claim_finds_its_way_by_indexes_alone(store: Store) -> None:
    values = {"connection": 1, "account": "acct.api-us1.com", "now": NOW, "through": 1, "most": 250, "guard": 1}
    values["turn"] = 1
    by_hand, automatic = (
        queue.next_record_query(FRAGMENTS, queue.BY_HAND),
        queue.next_record_query(FRAGMENTS, queue.AUTOMATIC),
    )
    for query in (by_hand, automatic, bulk_queue.candidates_query(FRAGMENTS)):
        with the_file(store.database).writing() as sql:
            plan = [row["detail"] for row in sql.rows(f"EXPLAIN QUERY PLAN {query}", values)]
        assert [line for line in plan if line.startswith("SCAN") and not line.startswith("SCAN batch")] == []
        assert not any("TEMP B-TREE" in line for line in plan)
        assert "SEARCH e USING PRIMARY KEY (email=?)" in plan
        assert any("USING INDEX record_automatic" in line for line in plan) == (query == automatic)
        assert "SEARCH other USING INTEGER PRIMARY KEY (rowid=?)" in plan


def test_whether_donors_wait_for_the_automatic_relay_costs_the_same_however_many_do(store: Store) -> None:
    connection, relays = store.connect(), AutomaticRelays(store.database)
    ticks: list[None] = []
    steps = []
    for more in (20, 2_000):
        store.fill(connection, more)
        relays.turn_on(connection.id, NOW, with_waiting=True)
        ticks.clear()
        with the_file(store.database).writing() as sql:
            sql.connection.set_progress_handler(lambda: ticks.append(None), 1)
            assert relays.has_waiting(connection.id)
            sql.connection.set_progress_handler(None, 1)
        steps.append(len(ticks))
    few, many = steps

    assert 0 < many <= few
