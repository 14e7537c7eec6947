"""The rows of a staged batch in another order, and those that contain a text."""

import pytest

from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.store.imports.staged_order import StagedColumn, StagedOrder
from ac_desktop.store.imports.staging import StagedFilter, Staging
from ac_desktop.store.ports import QueryCancelledError, QueryToken
from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, Store, new_record

ALL = StagedFilter()
DONORS = (
    Donor(email="cy@example.org", first_name="bo", last_name="Ångström", page="spring"),
    Donor(email="Ann@example.org", first_name="Cy", page_name="Autumn gala"),
    Donor(email="", first_name="Al", phone="2252501301"),
    Donor(email="bea_1@example.org", first_name="Al", last_name="100%"),
)


def staged(store: Store) -> tuple[Staging, int]:
    connection = store.connect()
    store.fill(connection, 3)
    batch_id = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name="a.csv"), NOW)
    records = [new_record(row, donor) for row, donor in enumerate(DONORS, 11)]
    records[2] = new_record(13, DONORS[2], state=RecordState.HELD, why=reason(ReasonCode.NO_EMAIL))
    store.queue.add(connection.id, batch_id, records, NOW)
    return Staging(store.database, store.owners), batch_id


def rows(found: list[int], first: int) -> list[int]:
    return [number - first + 1 for number in found]


@pytest.mark.parametrize(
    ("column", "up", "down"),
    [
        (StagedColumn.ROW, [1, 2, 3, 4], [4, 3, 2, 1]),
        (StagedColumn.EMAIL, [2, 4, 1, 3], [1, 4, 2, 3]),
        (StagedColumn.FIRST_NAME, [3, 4, 1, 2], [2, 1, 3, 4]),
        (StagedColumn.PAGE, [2, 1, 3, 4], [1, 2, 3, 4]),
        (StagedColumn.STATE, [3, 1, 2, 4], [1, 2, 4, 3]),
        (StagedColumn.REASON, [3, 1, 2, 4], [3, 1, 2, 4]),
    ],
)
def test_rows_are_ordered_by_each_column_and_those_without_a_value_are_last(
    store: Store, column: StagedColumn, up: list[int], down: list[int]
) -> None:
    staging, batch_id = staged(store)
    first = staging.ids(batch_id, ALL)[0]
    for is_descending, wanted in ((False, up), (True, down)):
        found = staging.ids_in_order(batch_id, ALL, StagedOrder(column, is_descending), QueryToken())
        assert rows(found.tolist(), first) == wanted


def test_an_order_keeps_to_the_rows_shown(store: Store) -> None:
    staging, batch_id = staged(store)
    shown = StagedFilter(state=RecordState.WAITING)
    found = staging.ids_in_order(batch_id, shown, StagedOrder(StagedColumn.EMAIL), QueryToken())
    assert set(found) == set(staging.ids(batch_id, shown))
    assert len(found) == 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("EXAMPLE", [1, 2, 4]),
        ("gala", [2]),
        ("ångström", [1]),
        ("ÅNGSTRÖM bo", [1]),
        ("al bea", [4]),
        ("100%", [4]),
        ("a_1", [4]),
        ("%", [4]),
        ("250", [3]),
        ("12", [2]),
        ("nobody", []),
        ("spring 99", []),
    ],
)
def test_rows_are_found_by_words_of_any_column_and_by_their_number(store: Store, text: str, wanted: list[int]) -> None:
    staging, batch_id = staged(store)
    first = staging.ids(batch_id, ALL)[0]
    assert rows(staging.ids_with_text(batch_id, ALL, text, QueryToken()).tolist(), first) == wanted


def test_both_end_once_they_are_cancelled(store: Store) -> None:
    staging, batch_id = staged(store)
    token = QueryToken()
    token.cancel()
    with pytest.raises(QueryCancelledError):
        staging.ids_with_text(batch_id, ALL, "ann", token)
    with pytest.raises(QueryCancelledError):
        staging.ids_in_order(batch_id, ALL, StagedOrder(StagedColumn.EMAIL), token)


def test_a_batch_that_is_gone_has_no_rows(store: Store) -> None:
    staging, batch_id = staged(store)
    assert not staging.ids_in_order(batch_id + 9, ALL, StagedOrder(StagedColumn.EMAIL), QueryToken())
