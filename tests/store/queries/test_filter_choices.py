"""What a connection's donors can be filtered by, and that each choice finds them, and no others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.store.queries.listing import FilterChoices, Listing, filter_choices
from ac_desktop.store.queries.record_query import Period, RecordFilter, RecordQuery, SourceFilter
from tests.harness import Harness, donors

FILES = (("file", "gala.csv"), ("watched", "spring-gala.csv"), ("typed", "x"), ("paste", "y"))
PAGES = (("spring", "Spring appeal"), ("autumn-1", ""), ("", ""), ("autumn-12", ""))


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[Harness]:
    with Harness(tmp_path / "data") as made:
        yield made


@pytest.fixture
def connection(harness: Harness) -> Connection:
    """Four batches of one donor each, from four sources, of four pages; the last one is held."""
    made = harness.connect()
    for at, ((kind, name), (page, page_name)) in enumerate(zip(FILES, PAGES, strict=True), 1):
        harness.queue(made, donors(1, start=at))
        with harness.services.database.writing() as sql:
            sql.execute("UPDATE batch SET kind = ?, file_name = ? WHERE id = ?", (kind, name, at))
            sql.execute(
                "UPDATE record SET page = ?, page_name = ?, changed_at = ? WHERE id = ?", (page, page_name, at, at)
            )
    with harness.services.database.writing() as sql:
        why = reason(ReasonCode.HELD_BY_PERSON, person="ann").to_json()
        sql.execute("UPDATE record SET state = 'held', reason = ? WHERE id = 4", (why,))
    return made


def found(harness: Harness, connection: Connection, wanted: RecordFilter) -> list[int]:
    return list(Listing(harness.services.database).ids(RecordQuery(connection.id, filter=wanted)))


def test_choices_are_what_the_donors_have(harness: Harness, connection: Connection) -> None:
    assert filter_choices(harness.services.database, connection.id) == FilterChoices(
        sources=(
            SourceFilter("paste"),
            SourceFilter("typed"),
            SourceFilter("file", "spring-gala.csv"),
            SourceFilter("file", "gala.csv"),
        ),
        pages=("Spring appeal", "autumn-1", "autumn-12"),
        reasons=(ReasonCode.HELD_BY_PERSON,),
    )
    assert filter_choices(harness.services.database, connection.id + 1) == FilterChoices()


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (RecordFilter(sources=(SourceFilter("file", "gala.csv"),)), [1]),
        (RecordFilter(sources=(SourceFilter("file", "spring-gala.csv"), SourceFilter("typed"))), [2, 3]),
        (RecordFilter(sources=(SourceFilter("paste"),)), [4]),
        (RecordFilter(named_pages=("autumn-1",)), [2]),
        (RecordFilter(named_pages=("Spring appeal",)), [1]),
        (RecordFilter(named_pages=("spring",)), []),
        (RecordFilter(codes=(ReasonCode.HELD_BY_PERSON,)), [4]),
        (RecordFilter(changed=Period(2, 4)), [2, 3]),
        (RecordFilter(changed=Period(2, 4), sources=(SourceFilter("typed"),)), [3]),
        (RecordFilter(words=("donor1",), sources=(SourceFilter("typed"),)), []),
    ],
)
def test_a_choice_finds_its_donors_and_no_others(
    harness: Harness, connection: Connection, wanted: RecordFilter, ids: list[int]
) -> None:
    assert bool(wanted)
    assert found(harness, connection, wanted) == ids
