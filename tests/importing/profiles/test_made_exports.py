"""Made-up exports of every service: recognised without a question, and the right rows are left out or held."""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.files import Taken, header, take, text_of, under
from tests.importing.made_exports import EXPORTS, MadeExport, make_export

RANDOM = st.randoms(use_true_random=False)


def taken(made: MadeExport, delimiter: str = ",") -> Taken:
    if made.export.header.endswith(".json"):
        return take(json.dumps(made.rows, ensure_ascii=False))
    return take(text_of(under(header(made.export.header), *made.rows), delimiter))


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=12)
@given(random=RANDOM, delimiter=st.sampled_from(",;\t|"))
def test_right_rows_are_left_out_and_nothing_is_asked(name: str, random: Random, delimiter: str) -> None:
    made = make_export(EXPORTS[name], random)
    done = taken(made, delimiter)
    assert done.recognition.label == made.export.label
    assert done.recognition.open_questions == ()
    assert done.waiting == made.waiting
    assert [done.code(row.row) for row in done.rows] == list(made.codes)
    assert done.check.result.balances


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=12)
@given(random=RANDOM)
def test_nobody_but_the_donor_is_taken(name: str, random: Random) -> None:
    made = make_export(EXPORTS[name], random)
    for row, person in zip(taken(made).rows, made.people, strict=True):
        assert row.donor.email == person.email
        if made.export.first:
            assert (row.donor.first_name, row.donor.last_name) == (person.first, person.last)
        assert row.donor.phone == (person.phone if made.export.phone else "")


@pytest.mark.parametrize("name", [name for name, one in EXPORTS.items() if any("unclear" in bad[1] for bad in one.bad)])
@settings(max_examples=5)
@given(random=RANDOM)
def test_a_status_that_nobody_knows_is_held_and_shown(name: str, random: Random) -> None:
    export = EXPORTS[name]
    unknown = [
        (column, value) for change, code in export.bad if code == "donation_unclear" for column, value in change.items()
    ]
    done = taken(make_export(export, random))
    shown = {(one.column, value) for one in done.check.unread_columns for value in one.values}
    assert set(unknown) <= shown
