"""Every reason is a sentence a person can read, names who can help, and survives being kept."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.model import reasons
from ac_desktop.model.donor import Donor
from ac_desktop.model.reason_codes import (
    BY_CONSENT,
    BY_FILE,
    DECIDED_BY_PERSON,
    FACTS,
    FOUND_BY_VALIDATION,
    INCOMPLETE,
    OF_ONE_ADDRESS,
    ReasonField,
    ReasonGroup,
    Remedy,
    codes_in,
)
from ac_desktop.model.reasons import (
    Reason,
    ReasonCode,
    json_around,
    label,
    reason,
    responsible_for,
    responsible_text,
    template,
)
from ac_desktop.model.states import Responsible

NAMED = {
    code: {name for _, name, _, _ in string.Formatter().parse(text) if name} for code, text in reasons.TEXTS.items()
}


def values_for(code: ReasonCode) -> dict[str, str]:
    return {name: "2026-08-02" if name == "date" else f"<{name}>" for name in NAMED[code]}


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_a_sentence_that_its_values_fill(code: ReasonCode) -> None:
    why = reason(code, **values_for(code))

    assert why.text.strip() == why.text != ""
    assert not re.search(r"[{}]", why.text)
    for name, value in values_for(code).items():
        assert ("Aug 2, 2026" if name == "date" else value) in why.text
    assert why.who is responsible_for(code)
    assert template(code).format(**{**values_for(code), "date": "Aug 2, 2026"}) == why.text


@pytest.mark.parametrize("code", ReasonCode)
def test_a_reason_is_read_back_as_it_was_kept(code: ReasonCode) -> None:
    why = reason(code, **values_for(code))

    back = Reason.from_json(why.to_json())

    assert back == why
    assert hash(back) == hash(why)
    assert (back.text, back.who) == (why.text, why.who)


@given(st.sampled_from(ReasonCode), st.text(max_size=30))
def test_no_value_of_the_outside_world_breaks_a_sentence(code: ReasonCode, value: str) -> None:
    values = {name: "2026-08-02" if name == "date" else value for name in NAMED[code]}
    reported = Reason.from_json(reason(code, **values).to_json())

    assert all(value in reported.text for name, value in values.items() if name != "date")


def test_equal_reasons_group_together() -> None:
    one = reason(ReasonCode.DUPLICATE_ROW, row=7)
    same = Reason.from_json('["duplicate_row",{"row":"7"}]')
    other = reason(ReasonCode.DUPLICATE_ROW, row=8)

    assert len({one, same, other}) == 2
    assert hash(one) == hash(same)
    assert hash(one) != hash(other)


def test_a_reason_is_kept_short_and_readable() -> None:
    assert reason(ReasonCode.DUPLICATE_ROW, row="é7").to_json() == '["duplicate_row",{"row":"é7"}]'


def test_the_order_of_values_makes_no_other_reason() -> None:
    one = reason(ReasonCode.RAGGED_ROW, found=3, expected=4)
    same = reason(ReasonCode.RAGGED_ROW, expected=4, found=3)

    assert {one} == {same}


def test_a_duplicate_is_reported_in_the_words_of_the_rule() -> None:
    assert reason(ReasonCode.DUPLICATE_ROW, row=12).text == "Duplicate of row 12."


@pytest.mark.parametrize("who", Responsible)
def test_everyone_who_can_help_has_a_name(who: Responsible) -> None:
    assert bool(responsible_text(who)) == (who is not Responsible.NOBODY)


def test_a_reason_is_parted_around_the_number_that_is_different_each_time() -> None:
    before, after = json_around(ReasonCode.ALREADY_QUEUED, "row", date="2026-11-23", row="", file='a "row":" b')
    why = reason(ReasonCode.ALREADY_QUEUED, date="2026-11-23", row=7, file='a "row":" b')
    assert f"{before}7{after}" == why.to_json()


def test_every_reason_has_its_facts_and_its_words() -> None:
    assert set(FACTS) == set(ReasonCode)
    assert set(reasons.TEXTS) == set(ReasonCode)
    assert all(label(code) for code in ReasonCode)


def test_every_group_and_every_field_has_reasons() -> None:
    assert {facts.group for facts in FACTS.values()} == set(ReasonGroup)
    assert {facts.field for facts in FACTS.values()} == {None, *ReasonField}
    assert all(hasattr(Donor(email=""), field) for field in ReasonField)


def test_a_person_decides_about_every_reason_of_consent_and_no_other() -> None:
    assert DECIDED_BY_PERSON == BY_CONSENT | BY_FILE
    assert {code for code in DECIDED_BY_PERSON if FACTS[code].responsible is not Responsible.YOU} == set()
    assert not DECIDED_BY_PERSON & (INCOMPLETE | FOUND_BY_VALIDATION)
    assert OF_ONE_ADDRESS > BY_CONSENT


def test_what_is_incomplete_names_the_field_to_correct() -> None:
    assert all(FACTS[code].field is not None for code in INCOMPLETE)


def test_what_usually_passes_has_no_remedy() -> None:
    assert {facts.remedy for facts in FACTS.values() if facts.responsible is Responsible.WAIT} == {None}
    assert {FACTS[code].remedy for code in codes_in(ReasonGroup.DONOR)} == {Remedy.OPEN_DONORS}
