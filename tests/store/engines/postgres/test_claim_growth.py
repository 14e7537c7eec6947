"""A claim reads a few pages, however many records wait or were sent, and whatever the server knows of the tables."""

import pytest

from ac_desktop.store.engines.postgres.sql import FRAGMENTS
from ac_desktop.store.queue import bulk_queue, queue
from ac_desktop.store.queue.newer_donation import other_donations
from tests.made_up import NOW, Store
from tests.store.engines.postgres.plans import pages_read

MANY = 3_000
MOST_PAGES = 40


@pytest.mark.parametrize("knows", [False, True])
def test_a_claim_reads_as_few_pages_from_a_long_queue_as_from_a_short_one(store: Store, *, knows: bool) -> None:
    connection = store.connect()
    store.fill(connection, MANY)
    values: dict[str, object] = {"connection": connection.id, "account": connection.account, "now": NOW, "turn": 1}
    values |= {"through": MANY, "most": 1, "guard": 1}
    with store.database.writing() as sql:
        sql.execute("UPDATE record SET state = 'sent' WHERE id <= ?", (MANY // 2,))
        sql.execute("UPDATE record SET automatic_turn = 1 WHERE id > ?", (MANY // 2,))
    with store.database.writing() as sql:
        if knows:
            sql.execute("ANALYZE")
        for query in (
            queue.next_record_query(FRAGMENTS, queue.BY_HAND, "id"),
            queue.next_record_query(FRAGMENTS, queue.AUTOMATIC, "id"),
            bulk_queue.candidates_query(FRAGMENTS),
        ):
            assert [row["id"] for row in sql.rows(query, values)] == [MANY // 2 + 1]
            assert pages_read(sql, query, values) <= MOST_PAGES
        assert pages_read(sql, other_donations(FRAGMENTS), ("donor7@example.org", 1, connection.account)) <= MOST_PAGES
