"""The rows shown first are those that the whole list begins with, on every engine."""

from itertools import product

import pytest

from ac_desktop.model.states import RecordState
from ac_desktop.store.queries import listing as listing_module
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import RecordQuery, Sort, SortKey, parse_filter
from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, Store, new_record, settings

FILES = (("spring.csv", ""), ("Autumn.xlsx", "May"), ("SPRING.csv", ""), ("autumn.xlsx", "April"), ("", ""))
FIRST = 3


@pytest.fixture
def filled(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Keep two rows of each file, and of another connection, some of them skipped."""
    monkeypatch.setattr(listing_module, "LONG", 0)
    for connection in (store.connect(), store.connect(settings("Another"))):
        for at, (name, sheet) in enumerate(FILES):
            batch = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name=name, sheet=sheet), NOW)
            states = (RecordState.WAITING, RecordState.SKIPPED if at % 2 else RecordState.WAITING)
            store.queue.add(
                connection.id, batch, [new_record(row, state=state) for row, state in enumerate(states, 2)], NOW + at
            )
            store.queue.close_batch(batch)
    return store


@pytest.mark.parametrize("state", [None, RecordState.WAITING])
@pytest.mark.parametrize("text", ["", "donor"])
def test_first_rows_begin_the_list(filled: Store, state: RecordState | None, text: str) -> None:
    listing = Listing(filled.database)
    for key, descending in product(SortKey, (False, True)):
        query = RecordQuery(1, state, parse_filter(text), Sort(key, descending=descending))
        first, whole = (step.ids for step in listing.steps(query, FIRST))
        assert len(first) == FIRST
        assert first == whole[:FIRST]
        assert len(whole) == len(FILES) * 2 - (2 if state else 0)


def test_by_file_the_rows_of_a_file_stay_together(filled: Store) -> None:
    listing = Listing(filled.database)
    for descending in (False, True):
        query = RecordQuery(1, None, parse_filter(""), Sort(SortKey.SOURCE, descending=descending))
        names = [record.file_name.lower() for record in filled.views.by_ids(list(listing.ids(query)))]
        assert names == sorted(names, reverse=descending)
