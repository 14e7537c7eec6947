"""Every import is found again: searched, ordered and by pages, with what became of its rows."""

import random
from typing import Any

import pytest

from ac_desktop.model.states import RecordState
from ac_desktop.store.history.history import person
from ac_desktop.store.imports.imports import ImportOrder, ImportQuery, Imports, KnownImport
from ac_desktop.store.imports.staging import Staging
from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, Store, new_record, settings


def queue(store: Store, connection_id: int, source: BatchSource, rows: int, at: float = NOW) -> int:
    batch_id = store.queue.open_batch(connection_id, source, at)
    store.queue.add(connection_id, batch_id, [new_record(row) for row in range(2, 2 + rows)], at)
    store.queue.close_batch(batch_id, rows, now=at)
    return batch_id


def named(found: list[KnownImport]) -> list[str]:
    return [one.file_name or one.kind for one in found]


@pytest.fixture
def imports(store: Store) -> Imports:
    gala, club = store.connect(settings(name="Gala")), store.connect(settings(name="Club 50%"))
    queue(store, gala.id, BatchSource(kind="file", file_name="Spring.csv"), 3, NOW)
    queue(store, club.id, BatchSource(kind="file", file_name="club_50%.xlsx", sheet="May"), 2, NOW + 1)
    queue(store, gala.id, BatchSource(kind="typed"), 1, NOW + 2)
    return Imports(store.database)


def test_the_newest_is_first_with_its_file_connection_person_and_rows(imports: Imports) -> None:
    newest, middle, oldest = imports.page(ImportQuery())
    assert (newest.kind, newest.rows) == ("typed", 1)
    assert (middle.connection, middle.name, middle.rows) == ("Club 50%", "club_50%.xlsx / May", 2)
    assert (oldest.file_name, oldest.queued_at, oldest.counts.waiting) == ("Spring.csv", NOW, 3)
    assert {one.who for one in (newest, middle, oldest)} == {person()}


def test_the_numbers_are_those_of_now_and_balance_after_an_undo(store: Store, imports: Imports) -> None:
    (spring,) = imports.page(ImportQuery(text="spring"))
    Staging(store.database, store.owners).withdraw(spring.batch_id, NOW)
    (spring,) = imports.page(ImportQuery(text="spring"))
    assert (spring.rows, spring.withdrawn, spring.counts.rows) == (3, 3, 0)


def test_a_file_that_is_still_checked_is_no_import(store: Store, imports: Imports) -> None:
    store.queue.open_batch(1, BatchSource(kind="file", file_name="open.csv"), NOW)
    assert imports.count(ImportQuery()) == 3
    assert imports.page(ImportQuery(text="open")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("SPRING", ["Spring.csv"]),
        ("may club", ["club_50%.xlsx"]),
        ("50%", ["club_50%.xlsx"]),
        ("_", ["club_50%.xlsx"]),
        ("typed", ["typed"]),
        ("nobody's", []),
        (r"\ ' ? \"", []),
    ],
)
def test_every_word_is_searched_for_literally_and_without_case(imports: Imports, text: str, found: list[str]) -> None:
    assert named(imports.page(ImportQuery(text=text))) == found
    assert imports.count(ImportQuery(text=text)) == len(found)


@pytest.mark.parametrize("order", ImportOrder)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_in_any_order_hold_each_import_once(store: Store, order: ImportOrder, *, descending: bool) -> None:
    seed = random.randrange(1 << 32)  # noqa: S311  made-up data
    made = random.Random(seed)  # noqa: S311
    connections = [store.connect(settings(name=name)) for name in ("b", "A", "é")]
    for number in range(23):
        source = BatchSource(kind="file", file_name=f"{made.choice('aBé')}{number % 5}.csv")
        queue(store, made.choice(connections).id, source, made.randint(0, 3), NOW + made.randint(0, 4))
    imports, query = Imports(store.database), ImportQuery(order=order, descending=descending)
    pages = [one for first in range(0, 25, 5) for one in imports.page(query, first, 5)]
    assert pages == imports.page(query, 0, 100), f"seed {seed}"
    assert len({one.batch_id for one in pages}) == 23
    keys: dict[ImportOrder, list[Any]] = {
        ImportOrder.FILE: [one.file_name.lower() for one in pages],
        ImportOrder.CONNECTION: [one.connection.lower() for one in pages],
        ImportOrder.TIME: [one.queued_at for one in pages],
        ImportOrder.PERSON: [one.who for one in pages],
        ImportOrder.ROWS: [one.rows for one in pages],
    }
    assert keys[order] == sorted(keys[order], reverse=descending), f"seed {seed}"


def test_states_are_counted_of_the_batch_alone(store: Store, imports: Imports) -> None:
    batch_id = store.queue.open_batch(1, BatchSource(kind="paste"), NOW + 9)
    rows = [new_record(2), new_record(3, state=RecordState.SKIPPED)]
    store.queue.add(1, batch_id, rows, NOW + 9)
    store.queue.close_batch(batch_id, 2, now=NOW + 9)
    (pasted, *_) = imports.page(ImportQuery(), limit=1)
    assert (pasted.counts.waiting, pasted.counts.skipped, pasted.rows) == (1, 1, 2)
