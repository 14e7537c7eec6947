"""A column that is about a status and that nobody reads is reported with its values and their counts."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from ac_desktop.importing.detection.status_columns import (
    LONGEST_VALUE,
    MOST_VALUES,
    UnreadColumn,
    unread_json,
    unread_text,
)
from tests.anedot import DonationRow, donation_rows, write_export
from tests.importing.files import header, take, text_of, under


def unread(columns: Mapping[str, Sequence[str]]) -> tuple[UnreadColumn, ...]:
    count = max(map(len, columns.values()))
    rows = [[f"donor{row}@example.org", *(cells[row] if row < len(cells) else "" for cells in columns.values())]
            for row in range(count)]  # fmt: skip
    return take(text_of([["Email", *columns], *rows], quoting=csv.QUOTE_ALL)).check.unread_columns


def test_values_are_counted_the_most_frequent_first() -> None:
    (one,) = unread({"Recurring Status": ["Active"] * 3 + ["Cancelled", " Active ", "", "Paused"]})
    assert one.column == "Recurring Status"
    assert list(one.values.items()) == [("Active", 4), ("Cancelled", 1), ("Paused", 1)]
    assert unread_json(one) == {"column": "Recurring Status", "values": {"Active": 4, "Cancelled": 1, "Paused": 1}}
    assert unread_text(one) == (
        "The column Recurring Status isn't used. Its values are Active 4, Cancelled 1, Paused 1."
    )
    assert not one.is_fine


@pytest.mark.parametrize(
    "heading",
    ["Recurring Status", "Membership status", "Account state", "SMS Opted Out", "Phone bounced",
     "Fundraiser unsubscribed",
     "Refund note", "Card refunded to", "member_status", "Statut du dossier"],
)  # fmt: skip
def test_headings_that_speak_of_a_status(heading: str) -> None:
    (one,) = unread({heading: ["limbo"]})
    assert (one.column, one.values) == (heading, {"limbo": 1})


@pytest.mark.parametrize(
    "columns",
    [
        {"Recurring Status": ["", " "]},
        {"Payment Status": ["Succeeded", "Failed", "Refunded"]},
        {"Status": ["active", "completed", "pending", "unsubscribed", "subscribed"]},
        {"Email Status": ["limbo"]},
        {"refunded": ["true", "false", ""]},
        {"Statement Descriptor": ["limbo"]},
        {"Are you a contractor of the state, or of any of its agencies or boards?": ["limbo"]},
        {"State": ["CA", "Texas", "new york", "ON", ""]},
        {"State": ["Bavaria"], "City": ["Munich"]},
        {"Donor State": ["OK", "IN", "OR"]},
        {"State/Province": ["Jalisco"], "Postal Code": ["44100"]},
        {"Estado": ["Jalisco"], "Ciudad": ["Guadalajara"]},
    ],
)
def test_what_is_read_or_no_status_is_not_reported(columns: Mapping[str, Sequence[str]]) -> None:
    assert unread(columns) == ()


def test_a_state_whose_values_are_a_status_is_reported_as_far_as_it_is_not_understood() -> None:
    (one,) = unread({"State": ["Succeeded", "Failed", "Limbo"], "City": ["x"]})
    assert one.values == {"Limbo": 1}
    (one,) = unread({"State": ["Nowhere land"]})
    assert one.values == {"Nowhere land": 1}


def test_values_that_a_known_status_does_not_have_are_reported() -> None:
    (one,) = unread({"Payment Status": ["Succeeded", "Failed", "In limbo", "In limbo"]})
    assert one.values == {"In limbo": 2}
    assert unread_text(one) == "Some values of the column Payment Status aren't used: In limbo 2."


@pytest.mark.parametrize(
    ("heading", "value", "fine"),
    [
        ("Recurring Status", "Completed", True),
        ("Membership Status", "Active", True),
        ("SMS Opted Out", "no", True),
        ("SMS Opted Out", "yes", False),
        ("Membership Status", "no", False),
        ("Recurring Status", "Cancelled", False),
        ("Recurring Status", "limbo", False),
    ],
)
def test_what_is_plainly_well(heading: str, value: str, *, fine: bool) -> None:
    (one,) = unread({heading: [value]})
    assert one.is_fine == fine


def test_many_and_long_values_are_bounded_and_all_rows_counted() -> None:
    (one,) = unread({"Job Status": [f"value {number}" for number in range(3_000)] + ["x" * 500] * 2})
    assert len(one.values) == MOST_VALUES
    assert all(len(value) <= LONGEST_VALUE for value in one.values)
    assert sum(one.values.values()) + one.others == 3_002
    assert unread_json(one)["other_rows"] == one.others
    assert f"other values {one.others}" in unread_text(one)


def test_short_rows_are_counted_too() -> None:
    taken = take("Email,First Name,Job Status\na@example.org,Ann\nb@example.org,Bea,limbo\n")
    assert [one.values for one in taken.check.unread_columns] == [{"limbo": 1}]


@pytest.mark.parametrize("name", ["anedot", "actblue_paid", "actblue_settled", "donorbox", "stripe_payments", "paypal"])
def test_exports_of_known_services_ask_nothing(name: str) -> None:
    names = header(name)
    email = next(one for one in names if one in {"Email", "Donor Email", "Customer Email", "From Email Address"})
    row = {one: "LA" for one in names if "State" in one and "Status" not in one} | {email: "ann@example.org"}
    assert take(text_of(under(names, row), quoting=csv.QUOTE_ALL)).check.unread_columns == ()


def test_an_anedot_export_as_it_comes_reports_nothing(tmp_path: Path) -> None:
    failed = DonationRow(number=9, email="z@example.org", status="failed")
    path = write_export(tmp_path / "a.csv", [*donation_rows(5), failed])
    assert take(path).check.unread_columns == ()
