"""The pages that are offered where a page is asked for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.importing.corrections.known_pages import known_pages, read_known_pages
from ac_desktop.model.donor import Donor
from ac_desktop.model.scope import Scope, ScopeKind, Team
from ac_desktop.store.queue.records import BatchSource
from tests.made_up import NOW, Store, new_record


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as made:
        yield made


SEEN = ("walk", "Spring", "gala")


@pytest.mark.parametrize(
    ("scope", "wanted"),
    [
        (Scope(), ("walk", "Spring", "gala")),
        (Scope(ScopeKind.ONLY, ("spring", "autumn")), ("spring", "autumn")),
        (Scope(ScopeKind.EXCEPT, ("gala",)), ("walk", "Spring")),
        (Scope(team=Team("Team A", ("gala", "lunch"))), ("gala", "lunch")),
        (Scope(ScopeKind.ONLY, ("spring", "gala"), Team("Team A", ("gala",))), ("gala",)),
        (Scope(team=Team("Team A")), ("walk", "Spring", "gala")),
    ],
)
def test_pages_out_of_scope_are_never_offered(scope: Scope, wanted: tuple[str, ...]) -> None:
    assert known_pages(scope, SEEN) == wanted


def test_the_pages_of_donors_are_known_the_most_frequent_first(store: Store) -> None:
    connection = store.connect()
    pages = ("walk", "gala", "gala", "")
    records = [new_record(row, Donor(email=f"d{row}@example.org", page=page)) for row, page in enumerate(pages)]
    named = new_record(9, Donor(email="n@example.org", page="id-1", page_name="Spring lunch"))
    store.fill(connection, 1)
    batch_id = store.queue.open_batch(connection.id, BatchSource(kind="file", file_name="a.csv"), NOW)
    store.queue.add(connection.id, batch_id, [*records, named], NOW)
    found = read_known_pages(store.database, connection)
    assert found[0] == "gala"
    assert {"walk", "Spring lunch"} <= set(found)
    assert "" not in found
