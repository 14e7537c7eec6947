"""The first rows of a list by file are read alone, however many follow and whatever the server knows of the tables."""

import pytest

from ac_desktop.store.engines.postgres.sql import FRAGMENTS
from ac_desktop.store.queries.record_query import RecordQuery, Sort, SortKey
from ac_desktop.store.queries.record_sql import RecordSql
from tests.made_up import Store
from tests.store.engines.postgres.plans import records_read

MANY = 20_000
FIRST = 10


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("knows", [False, True])
def test_only_the_first_rows_by_file_are_read(store: Store, *, descending: bool, knows: bool) -> None:
    connection = store.connect()
    store.fill(connection, MANY)
    by_file = RecordQuery(connection.id, sort=Sort(SortKey.SOURCE, descending=descending))
    with store.database.writing() as sql:
        if knows:
            sql.execute("ANALYZE")
        query, values = RecordSql(FRAGMENTS).ids(by_file, (), by_index=False, first=FIRST).sql()
        assert records_read(sql, query, values) == FIRST
