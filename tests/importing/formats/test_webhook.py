"""Bodies of Anedot's webhooks: wrapped and flat, one or many, and what is left out of them."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.table import FileKind
from ac_desktop.model.states import RecordState
from tests.importing.files import Taken, take

GIFT: dict[str, Any] = {
    "submission_id": "00000000-0000-4000-8000-000000000001",
    "donation": {"id": "d00000000000000000001", "products": [{"name": "Mug"}], "fees": {"vendor_fees": []}},
    "action_page_id": "00000000-0000-4000-8000-000000000002",
    "action_page_name": "Spring Appeal",
    "created_at": "2026-05-11 22:06:25 UTC",
    "email": "annie@example.com",
    "phone": "12252501301",
    "first_name": "Annie",
    "last_name": "Dot",
    "custom_field_responses": {"opt_one": "Option One", "number_of_tickets": None},
    "recurring": False,
    "amount_in_dollars": 25.0,
}
WRAPPED = {"event": "donation_completed", "payload": GIFT}
FLAT = {"event": "donation_completed", **GIFT}


def taken_from(tmp_path: Path, text: str, ending: str = ".json") -> Taken:
    path = tmp_path / f"hook{ending}"
    path.write_text(text, encoding="utf-8")
    return take(path)


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        (json.dumps(WRAPPED), ".json"),
        (json.dumps(FLAT, indent=2), ".json"),
        (json.dumps([WRAPPED]), ".json"),
        (json.dumps([FLAT]), ".jsonl"),
        (f"\ufeff{json.dumps(WRAPPED)}\r\n\r\n", ".jsonl"),
    ],
)
def test_both_shapes_one_or_many(tmp_path: Path, text: str, ending: str) -> None:
    taken = taken_from(tmp_path, text, ending)
    assert taken.table.kind is FileKind.WEBHOOK
    assert taken.recognition.label == "Anedot webhook"
    assert taken.recognition.open_questions == ()
    (row,) = taken.rows
    donor = row.donor
    assert (donor.email, donor.first_name, donor.last_name, donor.phone) == (
        "annie@example.com", "Annie", "Dot", "2252501301",
    )  # fmt: skip
    assert (donor.page, donor.page_name) == (GIFT["action_page_id"], "Spring Appeal")
    assert (row.row, row.record_id, row.donated_at) == (1, "d00000000000000000001", "2026-05-11 22:06:25")
    assert "custom_field_responses.opt_one" in taken.recognition.not_relayed


def test_events_that_are_no_donation_are_listed_as_skipped(tmp_path: Path) -> None:
    events = [
        "donation_completed", "donation_refunded", "donation_partially_refunded", "donation_voided",
        "donation_chargeback", "donation_chargeback_reversed", "donation_ach_returned", "commitment_created",
        "something_new",
    ]  # fmt: skip
    lines = [json.dumps(FLAT | {"event": event, "email": f"{event}@example.com"}) for event in events]
    taken = taken_from(tmp_path, "\n".join(lines), ".jsonl")
    assert taken.waiting == ["donation_completed@example.com", "something_new@example.com"]
    assert [taken.code(number) for number in (2, 3)] == ["refunded", "refunded"]
    assert {taken.code(number) for number in range(4, 9)} == {"not_a_donation"}


def test_two_deliveries_of_one_donation_are_one_relay(tmp_path: Path) -> None:
    taken = taken_from(tmp_path, f"{json.dumps(WRAPPED)}\n{json.dumps(FLAT)}", ".jsonl")
    assert [row.state for row in taken.rows] == [RecordState.SKIPPED, RecordState.WAITING]


def test_the_older_flat_form(tmp_path: Path) -> None:
    body = {"uid": "d1", "name": "Annie Dot", "amount_in_dollars": 25, "email": None, "processed_date": "2016-01-02"}
    text = "\n".join([json.dumps(body), json.dumps(body | {"email": "annie@example.com"})])
    taken = taken_from(tmp_path, text, ".jsonl")
    assert taken.recognition.open_questions == ()
    assert taken.code(1) == "no_email"
    assert taken.at(2).donor.last_name == "Dot"


def test_an_array_longer_than_any_line_is_read(tmp_path: Path) -> None:
    many = [FLAT | {"email": f"a{number}@example.com", "note": "x" * 2_000} for number in range(5_000)]
    assert len(taken_from(tmp_path, json.dumps(many)).waiting) == 5_000


def test_halves_of_letters_and_nul_are_replaced() -> None:
    body = '{"event":"x","email":"a@example.com","first_name":"\\ud83d","last_name":"D\\u0000ot"}'
    donor = take(body).rows[0].donor
    assert (donor.first_name, donor.last_name) == ("\ufffd", "Dot")


@pytest.mark.parametrize("depth", [300, 700, 900, 950, 990, 1_000, 200_000])
@pytest.mark.parametrize("ending", [".json", ".jsonl"])
def test_a_body_nested_without_end_ends_in_rows_or_a_sentence(tmp_path: Path, depth: int, ending: str) -> None:
    for begin, end in (("[", "]"), ('{"a":', "}")):
        with suppress(ImportFileError):
            taken_from(tmp_path, '{"email":"a@example.com","x":' + begin * depth + "1" + end * depth + "}", ending)
        with suppress(ImportFileError):
            taken_from(tmp_path, begin * depth, ending)


def test_pasted_bodies_are_read() -> None:
    assert take(json.dumps(FLAT)).waiting == ["annie@example.com"]


TEMPLATED = (
    {"email": "ann@example.org", "name": "Ann Dot", "action_page_name": "Spring", "amount_in_dollars": "25.0"},
    {"email": "ann@example.org", "first_name": "Ann", "last_name": "Dot", "donation": {"id": "d1"}},
    {"payload": {"email": "ann@example.org", "first_name": "Ann", "last_name": "Dot", "submission_id": "s1"}},
    {"event": "donation_completed", "email": "ann@example.org", "first_name": "Ann", "last_name": "Dot"},
)


@pytest.mark.parametrize("body", TEMPLATED)
def test_a_body_that_an_organisation_templated_is_a_donation(body: dict[str, object]) -> None:
    taken = take(json.dumps(body))
    assert taken.waiting == ["ann@example.org"]
    assert (taken.rows[0].donor.first_name, taken.rows[0].donor.last_name) == ("Ann", "Dot")
    assert taken.recognition.label.startswith("Anedot webhook")
    assert taken.recognition.open_questions == ()


@given(st.permutations(range(6)))
def test_bodies_with_and_without_an_event_come_together(order: list[int]) -> None:
    bodies = [
        {"email": "a@example.org", "action_page_id": "p1"},
        {"event": "donation_completed", "payload": {"email": "b@example.org", "action_page_id": "p1"}},
        {"event": "donation_refunded", "email": "c@example.org"},
        {"event": "commitment_updated", "payload": {"email": "d@example.org"}},
        {"event": "", "email": "e@example.org"},
        {"first_name": "Nobody", "action_page_id": "p1"},
    ]
    taken = take("\n".join(json.dumps(bodies[at]) for at in order))
    assert set(taken.waiting) == {"a@example.org", "b@example.org", "e@example.org"}
    codes = sorted(row.reason.code.value for row in taken.rows if row.reason)
    assert codes == ["no_email", "not_a_donation", "refunded"]


def test_a_table_with_such_columns_is_no_webhook() -> None:
    taken = take("email,action_page_id,first_name,last_name\nann@example.org,p1,Ann,Dot\n")
    assert taken.recognition.label == "Donor list"
