"""Gifts that failed, were refunded, abandoned or are pending are not relayed, and the reason names column and value."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.importing.values.cells import amount
from ac_desktop.model.states import RecordState
from tests.importing.books import write_xlsx
from tests.importing.files import Taken, header, take, text_of, under, write

LEFT_OUT = [
    ("Payment Status", "Failed", "not_completed"),
    ("Payment Status", "payment failed", "not_completed"),
    ("payment_status", "DECLINED", "not_completed"),
    ("Payment Status", "Refunded", "refunded"),
    ("Payment Status", "'Failed", "not_completed"),
    ("Payment Status", "partially_refunded", "refunded"),
    ("Payment Status", "Expired", "not_completed"),
    ("Payment Status", "requires_payment_method", "not_completed"),
    ("Donation Status", "Pending", "not_completed"),
    ("Donation Status", "Abandoned", "not_completed"),
    ("Donation Status", "Revoked", "not_completed"),
    ("Donation Status", "Cancelled", "not_completed"),
    ("DonationStatus", "Refunded", "refunded"),
    ("Transaction Status", "incomplete", "not_completed"),
    ("Transaction Status", "Reversed", "refunded"),
    ("Charge Status", "failed", "not_completed"),
    ("Order status", "on-hold", "not_completed"),
    ("Charge Action Type", "refund", "refunded"),
    ("Charge Action Type", "D", "not_a_donation"),
    ("Status", "Failed", "not_completed"),
    ("Status", "Canceled", "not_completed"),
    ("Status", "refunded", "refunded"),
    ("State", "Failed", "not_completed"),
    ("refunded", "true", "refunded"),
    ("Refunded?", "Yes", "refunded"),
    ("Refunded", "12.00", "refunded"),
    ("Refunded At", "2026-02-03", "refunded"),
    ("Refund ID", "R1", "refunded"),
    ("Refund Amount", "$5.00", "refunded"),
    ("Amount Refunded", "5", "refunded"),
    ("Amount", "-5.00", "refunded"),
    ("Amount", "($1,005.00)", "refunded"),
    ("Total Amount", "$-5.00", "refunded"),
    ("Donation Amount", "\u22125", "refunded"),
    ("Gross", "5.00-", "refunded"),
    ("Estado del pago", "Rechazado", "not_completed"),
    ("Estado", "Pendiente", "not_completed"),
    ("Importe", "-5,00 €", "refunded"),
    ("Statut du paiement", "Échoué", "not_completed"),
    ("Statut", "Annulé", "not_completed"),
    ("Remboursé", "oui", "refunded"),
    ("Zahlungsstatus", "Fehlgeschlagen", "not_completed"),
    ("Betrag", "-1.234,56", "refunded"),
    ("Status do pagamento", "Recusado", "not_completed"),
]
HAPPENED = [
    ("Payment Status", "Succeeded"),
    ("Payment Status", "Paid"),
    ("Payment Status", ""),
    ("Payment Status", "not refunded"),
    ("Donation Status", "Complete"),
    ("Transaction Status", "success"),
    ("Charge Action Type", "S"),
    ("Charge Action Type", "settlement"),
    ("Status", "active"),
    ("Status", "Major donor"),
    ("refunded", "false"),
    ("refunded", ""),
    ("Refund Amount", "0.00"),
    ("Refund Amount", ""),
    ("Refund ID", ""),
    ("Amount", "5.00"),
    ("Amount", "1-800-555"),
    ("Recurring Status", "Cancelled"),
    ("Payout Status", "pending"),
    ("Card CVC Status", "failed"),
    ("State", "CA"),
    ("Fee", "-0.30"),
    ("Zahlungsstatus", "Bezahlt"),
    ("Estado del pago", "Aprobado"),
]


def take_two_rows(heading: str, value: str) -> Taken:
    return take(
        text_of([["Email", heading], ["ann@example.org", value], ["bea@example.org", ""]], quoting=csv.QUOTE_ALL)
    )


@pytest.mark.parametrize(("heading", "value", "code"), LEFT_OUT)
def test_a_donation_that_did_not_happen_is_skipped_with_its_column_and_value(
    heading: str, value: str, code: str
) -> None:
    taken = take_two_rows(heading, value)
    row = taken.at(2)
    assert (row.state, taken.code(2)) == (RecordState.SKIPPED, code)
    assert row.reason is not None
    assert row.reason.values["column"] == heading
    shown = value.removeprefix("'")
    assert f"“{heading}” is “{shown}”" in row.reason.text
    assert taken.waiting == ["bea@example.org"]


@pytest.mark.parametrize(("heading", "value"), HAPPENED)
def test_a_donation_that_happened_is_relayed(heading: str, value: str) -> None:
    assert "ann@example.org" in take_two_rows(heading, value).waiting


@given(
    st.sampled_from(LEFT_OUT),
    st.lists(st.sampled_from(HAPPENED), max_size=3, unique_by=lambda pair: pair[0].casefold()),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.randoms(use_true_random=False),
)
def test_whatever_the_order_and_case_of_columns(
    left_out: tuple[str, str, str], others: list[tuple[str, str]], case: object, chance: object
) -> None:
    assert callable(case)
    heading, value, _ = left_out
    beside = [
        pair for pair in others if pair[0].casefold() != heading.casefold() and "amount" not in pair[0].casefold()
    ]
    columns = [("Email", "ann@example.org"), (heading, case(value)), *beside]
    chance.shuffle(columns)  # type: ignore[attr-defined]
    names, cells = zip(*((name if name == "Email" else case(name), cell) for name, cell in columns), strict=True)
    assert take(text_of([names, cells], quoting=csv.QUOTE_ALL)).waiting == []


def test_each_of_several_status_columns_counts_even_of_one_name() -> None:
    rows = [["Email", "Status", "Status", "Type", "Transaction Type"],
            ["a@example.org", "completed", "failed", "", ""],
            ["b@example.org", "completed", "completed", "gift", "Refund"],
            ["c@example.org", "completed", "completed", "gift", "gift"]]  # fmt: skip
    assert take(text_of(rows)).waiting == ["c@example.org"]


def test_a_part_of_a_donation_given_back_is_still_a_donation() -> None:
    rows = [["Email", "Total Amount", "Refund Amount"], ["a@example.org", "$50.00", "$5.00"],
            ["b@example.org", "$50.00", "$50.00"], ["c@example.org", "", "$5.00"]]  # fmt: skip
    taken = take(text_of(rows))
    assert taken.waiting == ["a@example.org"]
    assert [taken.code(3), taken.code(4)] == ["refunded"] * 2


GIVEWP_BAD = ("Pending", "Abandoned", "Refunded", "Failed", "Cancelled", "Revoked")
ANN = {"First Name": "Ann", "Last Name": "Dot"}
EXPORTS: dict[str, tuple[dict[str, str], list[dict[str, str]]]] = {
    "zeffy": (
        ANN | {"Email": "ann@example.org", "Payment Status": "Succeeded", "Total Amount": "$20.00", "State": "TX",
               "Recurring Status": ""},
        [{"Payment Status": "Failed"}, {"Payment Status": "Pending"}, {"Refund Amount": "$20.00"},
         {"Payment Status": "Refunded", "Refund Amount": "$20.00"}],
    ),
    "classy": (
        {"Billing Email Address": "ann@example.org", "Supporter Name": "Ann Dot", "Transaction Status": "success",
         "Dedication Contact Email": "other@example.net", "Fundraiser First Name": "Fay"},
        [{"Transaction Status": "failed"}, {"Transaction Status": "refunded"}, {"Transaction Status": "incomplete"},
         {"Transaction Status": "canceled"}],
    ),
    "givewp": (
        {"Donor's Email": "ann@example.org", "Donor's First Name": "Ann", "Donation Status": "Complete"},
        [{"Donation Status": status} for status in GIVEWP_BAD],
    ),
    "facebook": (
        ANN | {"Email Address": "ann@example.org", "Charge Action Type": "S", "Donation Amount": "25.00"},
        [{"Charge Action Type": "REFUND"}, {"Charge Action Type": "Chargeback"}, {"Donation Amount": "-25.00"}],
    ),
    "givebutter": (
        {"email": "ann@example.org", "first_name": "Ann", "status": "succeeded", "refunded": "false",
         "communication_opt_in": "true"},
        [{"status": "failed"}, {"refunded": "true"}, {"status": "cancelled"}],
    ),
}  # fmt: skip


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("name", list(EXPORTS))
def test_exports_of_services_by_their_own_headers(tmp_path: Path, name: str, ending: str) -> None:
    good, bad = EXPORTS[name]
    email = next(heading for heading, value in good.items() if value == "ann@example.org")
    rows = under(
        header(name), good, *(good | change | {email: f"bad{at}@example.org"} for at, change in enumerate(bad))
    )
    path = tmp_path / f"{name}{ending}"
    if ending == ".csv":
        write(path, rows)
    else:
        write_xlsx(path, {"Gifts": rows})
    from ac_desktop.importing.profiles.columns import Field

    taken = take(path, overrides={Field.EMAIL: email})
    assert taken.waiting == ["ann@example.org"]
    assert taken.check.result.skipped == len(bad)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-5.00", -5), ("($5.00)", -5), ("$-5", -5), ("- $ 5", -5), ("5.00-", -5), ("\u22125", -5),
        ("-1.234,56", -1234.56),
        ("$1,234.50", 1234.5), ("1.234,56", 1234.56), ("5 €", 5), ("USD 5", 5), ("1,000", 1000), ("12.345", 12.345),
        ("0", 0),
        ("2026-01-01", None), ("10-20", None), ("", None), ("ten", None),
    ],
)  # fmt: skip
def test_amounts(text: str, number: float | None) -> None:
    assert amount(text) == number


def test_a_cell_that_swallowed_the_rest_of_its_file_is_soon_known_to_be_no_amount() -> None:
    assert amount("5" + "\u00a0" * 1_000_000 + "x") is None
