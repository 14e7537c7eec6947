"""What a list shows and in which order, however many are alike; its first rows are those the whole begins with."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import ReasonCode, responsible_for
from ac_desktop.model.states import RecordState, Responsible, Step
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from ac_desktop.store.queries import listing as listing_module
from ac_desktop.store.queries.listing import Listing
from ac_desktop.store.queries.record_query import RecordQuery, Sort, SortKey, parse_filter

Cells = dict[str, Any]

FILES: Final = [
    (1, "spring.csv", ""),
    (1, "Spring.CSV", ""),
    (1, "spring.csv", "Sheet 2"),
    (1, "Ärzte.xlsx", "März"),
    (1, "", ""),
    (2, "spring.csv", ""),
]
"""Connection, file name and sheet; a batch's number is its place here and one."""
ATTEMPTS: Final = (1, 3, 0)
"""How many attempts a record has had that counts so many passing failures."""
WHOS: Final = (Responsible.YOU, Responsible.YOU_OR_ADMIN, Responsible.ADMIN, Responsible.IT, Responsible.WAIT)
STATES: Final = ("waiting", "sending", "held", "failed", "sent", "skipped")
LISTED: Final = ("sent", "sending", "waiting", "held", "failed", "skipped")

texts = st.sampled_from(["", "a", "A", "b", "Núñez", "núñez", "zoë 100%", "10", "9"])
addresses = st.sampled_from(["", "a@x.org", "b@x.org", "b_@x.org", "núñez@x.org", "10@x.org", "9@x.org"])
"""As they are stored: in small letters (`tests/delivery/test_stored_addresses.py`)."""
reasons = st.none() | st.sampled_from([code.value for code in ReasonCode]).map(
    lambda code: json.dumps([code, {"detail": "x"}], separators=(",", ":"))
)
records = st.fixed_dictionaries(
    {
        "batch_id": st.integers(1, len(FILES)),
        "row": st.integers(2, 4),
        "email": addresses,
        "phone": texts,
        "first_name": texts,
        "last_name": texts,
        "page": texts,
        "page_name": texts,
        "team": texts,
        "source": texts,
        "donation_id": st.just(""),
        "donated_at": st.just(""),
        "state": st.sampled_from(STATES),
        "step": st.sampled_from([step.value for step in Step]),
        "contact_id": st.none() | st.sampled_from(["9", "10", "", "100000000000"]),
        "was_new": st.none() | st.integers(0, 1),
        "tries": st.integers(0, 2),
        "next_try_at": st.sampled_from([0.0, 1.5, 2.0]),
        "reason": reasons,
        "changed_at": st.sampled_from([1.0, 2.25]),
    }
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteDatabase]:
    database = SqliteDatabase(tmp_path_factory.mktemp("order"))
    for name in ("One", "Another"):
        address = parse_address("https://myorg.api-us1.com")
        Connections(database).create(ConnectionSettings(name=name, address=address, list_id="1", list_name="L"), 1.0)
    with database.writing() as sql:
        sql.many(
            "INSERT INTO batch (connection_id, kind, file_name, sheet, sha256, fingerprint, header, queued_at)"
            " VALUES (?, 'file', ?, ?, '', '', '[]', 1)",
            FILES,
        )
    yield database
    database.close()


@pytest.fixture(autouse=True)
def as_if_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a short table as a long one: the first rows before all of them."""
    monkeypatch.setattr(listing_module, "LONG", 0)


def fill(database: SqliteDatabase, rows: list[Cells]) -> list[Cells]:
    """Store these records alone, and return those of the first connection with their numbers."""
    rows = [{"id": at, "connection_id": FILES[row["batch_id"] - 1][0], **row} for at, row in enumerate(rows, 1)]
    with database.writing() as sql:
        sql.execute("DELETE FROM record")
        sql.execute("DELETE FROM tally")
        sql.execute("DELETE FROM attempt")
        for row in rows:
            marks = ", ".join(f":{name}" for name in row)
            sql.execute(f"INSERT INTO record ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608
            # Shown as tries are the attempts that there were, whatever the record's own count says.
            tried = [(row["connection_id"], row["id"])] * ATTEMPTS[row.get("tries", 0)]
            sql.many(
                "INSERT INTO attempt (connection_id, record_id, started_at, duration_ms, outcome, streak,"
                " contact_payload, steps) VALUES (?, ?, 1, 1, 'waiting', 1, '{}', '')",
                tried,
            )
        sql.execute("INSERT INTO tally SELECT connection_id, batch_id, state, COUNT(*) FROM record GROUP BY 1, 2, 3")
    return [row for row in rows if row["connection_id"] == 1]


def any_case(text: str) -> bytes:
    """SQLite knows upper and lower case of the plain letters alone, and compares bytes."""
    return text.encode().lower()


def null_first(value: object) -> tuple[bool, object]:
    return (value is not None, value if value is not None else 0)


def who(row: Cells) -> int:
    if row["reason"] is None:
        return len(WHOS)
    found = responsible_for(ReasonCode(json.loads(row["reason"])[0]))
    return WHOS.index(found) if found in WHOS else len(WHOS)


def source(row: Cells) -> object:
    _, name, sheet = FILES[row["batch_id"] - 1]
    return any_case(name), sheet.encode(), row["row"]


def contact_number(row: Cells) -> tuple[bool, object]:
    return null_first(None if row["contact_id"] is None else int(row["contact_id"] or 0))


MEANT: Final[Mapping[SortKey, Callable[[Cells], Any]]] = {
    SortKey.QUEUED: lambda row: row["id"],
    SortKey.STATE: lambda row: STATES.index(row["state"]),
    SortKey.DONOR: lambda row: (any_case(row["first_name"]), any_case(row["last_name"])),
    SortKey.EMAIL: lambda row: any_case(row["email"]),
    SortKey.SOURCE: source,
    SortKey.PAGE: lambda row: any_case(row["page_name"] or row["page"]),
    SortKey.CONTACT: lambda row: (row["contact_id"] is None, STATES.index(row["state"])),
    SortKey.LIST: lambda row: LISTED.index(row["state"]),
    SortKey.TRIES: lambda row: ATTEMPTS[row["tries"]],
    SortKey.NEXT_TRY: lambda row: row["next_try_at"],
    SortKey.CHANGED: lambda row: row["changed_at"],
    SortKey.REASON: lambda row: null_first(row["reason"]),
    SortKey.WHO: who,
    SortKey.CONTACT_ID: contact_number,
    SortKey.PHONE: lambda row: any_case(row["phone"]),
    SortKey.TEAM: lambda row: any_case(row["team"]),
    SortKey.STEP: lambda row: list(Step).index(row["step"]),
    SortKey.CREATED: lambda row: null_first(row["was_new"]),
    SortKey.CODE: lambda row: null_first(row["reason"]),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(rows=st.lists(records, min_size=1, max_size=30), first=st.integers(1, 6), state=st.sampled_from([None, "sent"]))
def test_every_order_is_the_one_meant_from_its_first_row_on(
    database: SqliteDatabase, rows: list[Cells], first: int, state: str | None
) -> None:
    kept = [row for row in fill(database, rows) if state in {None, row["state"]}]
    listing = Listing(database)
    for key, descending in product(SortKey, (False, True)):
        meant = [row["id"] for row in sorted(kept, key=MEANT[key], reverse=descending)]
        question = RecordQuery(1, RecordState(state) if state else None, sort=Sort(key, descending))
        *early, whole = listing.steps(question, first)
        assert whole.is_whole
        assert list(whole.ids) == meant
        for found in early:
            assert list(found.ids) == meant[:first]
        assert list(listing.first_ids(question, first)) == meant[:first]


PLAIN: Final[Cells] = {
    **dict.fromkeys(("email", "phone", "first_name", "last_name", "page", "page_name", "team", "source"), ""),
    "batch_id": 1,
    "row": 2,
    "donation_id": "",
    "donated_at": "",
    "state": "waiting",
    "changed_at": 1.0,
}


@pytest.mark.parametrize("known", [(5, 12), (1, 2, 7, 8), (2, 7), ()])
def test_values_that_few_records_have_are_found_wherever_they_are(
    database: SqliteDatabase, known: tuple[int, ...]
) -> None:
    rows = fill(database, [{**PLAIN, "contact_id": str(at) if at in known else None} for at in range(1, 13)])
    for descending in (False, True):
        meant = [row["id"] for row in sorted(rows, key=contact_number, reverse=descending)]
        question = RecordQuery(1, sort=Sort(SortKey.CONTACT_ID, descending))
        first = next(Listing(database).steps(question, 2))
        assert (list(first.ids), first.is_whole) == (meant[:2], False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(rows=st.lists(records, min_size=1, max_size=30), key=st.sampled_from(SortKey), descending=st.booleans())
def test_what_is_found_is_put_in_the_same_order(
    database: SqliteDatabase, rows: list[Cells], key: SortKey, *, descending: bool
) -> None:
    fill(database, rows)
    listing, sort = Listing(database), Sort(key, descending)
    everybody = listing.ids(RecordQuery(1, sort=sort))
    for text in ("núñez", "page:a", "a b", "file:spring"):
        question = RecordQuery(1, filter=parse_filter(text), sort=sort)
        among = listing.among(question, everybody)
        *early, whole = listing.steps(question, 3)
        assert list(whole.ids) == [number for number in everybody if number in among]
        for found in early:
            assert found.ids == whole.ids[: len(found.ids)]
            assert len(found.ids) >= min(3, len(whole.ids))


FIELDS: Final = ("email", "first_name", "last_name", "phone", "page_name", "page", "team", "source", "contact_id")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    rows=st.lists(records, min_size=1, max_size=30),
    word=st.sampled_from(["A", "100%", "10", "spring", "CSV", "núñez", "Zoë", "märz", "ärzte", "zz", "_"]),
)
def test_a_word_finds_whoever_has_it_in_a_text_or_a_file_name(
    database: SqliteDatabase, rows: list[Cells], word: str
) -> None:
    kept = fill(database, [{**row, "reason": None} for row in rows])

    def has_it(row: Cells) -> bool:
        texts = [FILES[row["batch_id"] - 1][1], *(row[field] or "" for field in FIELDS)]
        return any(word.lower() in text.lower() for text in texts)

    listing = Listing(database)
    meant = [row["id"] for row in kept if has_it(row)]
    assert list(listing.ids(RecordQuery(1, filter=parse_filter(word)))) == meant
    assert list(listing.ids(RecordQuery(1, filter=parse_filter(f"file:{word}")))) == [
        row["id"] for row in kept if word.lower() in FILES[row["batch_id"] - 1][1].lower()
    ]
