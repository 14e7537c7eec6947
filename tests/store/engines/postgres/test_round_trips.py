"""What a list shows first takes three round trips to an office's server, in whatever order and with whatever words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.store.engines.postgres.database import PostgresDatabase
from ac_desktop.store.ports import QueryToken
from ac_desktop.store.queries import listing
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import AS_QUEUED, RecordQuery, Sort, SortKey, parse_filter
from ac_desktop.store.queue.record_reader import RecordReader
from tests.made_up import POSTGRES, Store
from tests.office.proxy import Proxy
from tests.postgres_store import office_of

MOST = 3


@pytest.fixture
def proxy(tmp_path: Path) -> Iterator[Proxy]:
    made = Proxy(office_of(tmp_path / "data").port).start()
    yield made
    made.close()


@pytest.fixture
def far(tmp_path: Path, proxy: Proxy) -> Iterator[PostgresDatabase]:
    with Store(tmp_path / "data", POSTGRES) as store:
        store.fill(store.connect(), 20)
    database = PostgresDatabase(replace(office_of(tmp_path / "data"), port=proxy.port))
    with database.looking(QueryToken()) as reader:
        reader.ids("SELECT id FROM record")
    yield database
    database.close()


@pytest.mark.parametrize("sort", [AS_QUEUED, Sort(SortKey.EMAIL), Sort(SortKey.SOURCE, descending=True)])
@pytest.mark.parametrize("words", ["", "donor7", "donor7 annie"])
def test_the_first_rows_take_three_round_trips(
    far: PostgresDatabase, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, sort: Sort, words: str
) -> None:
    monkeypatch.setattr(listing, "LONG", 0)
    steps = Listing(far).steps(RecordQuery(1, sort=sort, filter=parse_filter(words)), 5)
    before = proxy.round_trips
    found = next(steps).ids
    assert RecordReader(far).by_ids(found.tolist())
    assert proxy.round_trips - before <= MOST
    steps.close()


def test_the_first_page_as_queued_takes_three_round_trips(far: PostgresDatabase, proxy: Proxy) -> None:
    before = proxy.round_trips
    assert len(RecordReader(far).by_ids(Listing(far).first_ids(RecordQuery(1), 5).tolist())) == 5
    assert proxy.round_trips - before <= MOST
