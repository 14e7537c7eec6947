"""A donation whose status nobody knows is held: for its own row alone, and whatever else is true of that row."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.states import RecordState
from tests.importing.files import Taken, header, take, text_of, under

GIFT = {"Email": "ann@example.org", "Payment Status": "Succeeded", "Total Amount": "$5.00", "Campaign Title": "Spring"}
DOUBTFUL = GIFT | {"Payment Status": "Limbo"}


def zeffy(*rows: dict[str, str], scope: Scope | None = None) -> Taken:
    return take(text_of(under(header("zeffy"), *rows)), scope=scope)


@settings(max_examples=20)
@given(st.permutations([GIFT, DOUBTFUL, GIFT | {"Payment Status": "Failed"}]))
def test_another_donation_of_the_same_person_is_relayed(rows: list[dict[str, str]]) -> None:
    taken = zeffy(*rows)
    assert taken.waiting == ["ann@example.org"]
    assert {row.state for row in taken.rows} == {RecordState.WAITING, RecordState.HELD, RecordState.SKIPPED}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Email": ""}, ReasonCode.DONATION_UNCLEAR),
        ({"Email": "no address"}, ReasonCode.DONATION_UNCLEAR),
        ({"Campaign Title": "Autumn"}, ReasonCode.DONATION_UNCLEAR),
        ({"Refund Amount": "$5.00"}, ReasonCode.REFUNDED),
        ({"Payment Status": "failed"}, ReasonCode.NOT_COMPLETED),
    ],
)
def test_neither_a_correction_nor_another_scope_ends_the_doubt(change: dict[str, str], code: ReasonCode) -> None:
    (row,) = zeffy(DOUBTFUL | change, scope=Scope(ScopeKind.ONLY, ("spring",))).rows
    assert row.reason is not None
    assert row.reason.code is code


def test_what_the_file_says_against_mailing_comes_first() -> None:
    names = [*header("zeffy"), "Unsubscribed"]
    taken = take(text_of(under(names, DOUBTFUL | {"Unsubscribed": "yes"}, GIFT)))
    assert [taken.code(row.row) for row in taken.rows] == ["file_forbids", "duplicate_row"]


def test_the_sentence_names_column_and_value() -> None:
    (row,) = zeffy(DOUBTFUL).rows
    assert row.reason is not None
    assert row.reason.text == (
        "AC Desktop can't tell whether this donation was completed: “Payment Status” is “Limbo”."
    )


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_one_by_one_and_many_at_once_agree(random: Random) -> None:
    statuses = ("Succeeded", "Limbo", "Failed", "", "succeeded ", "'Succeeded")
    rows = [GIFT | {"Email": f"a{at}@example.org", "Payment Status": random.choice(statuses)} for at in range(30)]
    taken = zeffy(*rows)
    many = [(row.state, row.reason) for batch in taken.check.batches(7) for row in batch.rows()]
    one_by_one = [(row.state, row.reason) for row in taken.rows]
    assert many == one_by_one
