"""A contact's status on our list: every page read, every spelling of a number understood, every doubt a failure."""

import json
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.activecampaign.memberships import MOST_PAGES, Membership, MembershipReader, Memberships
from ac_desktop.activecampaign.requests import Response
from ac_desktop.activecampaign.responses import ContactLost, ListStatus, Refusal, Refused
from ac_desktop.model.outside import LARGEST, number, record_number
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Cause

Row = dict[str, object]


def got(body: object, status: int = 200) -> Response:
    return Response(status=status, headers={}, body=json.dumps(body).encode())


def row(**values: object) -> Row:
    return {"contact": "25", "list": "19", "status": "2", "sdate": "2021-04-08T11:17:44-05:00", "id": "7", **values}


def read(*pages: Sequence[object], total: object = None) -> Memberships | Refusal | None:
    """Read pages until nothing more is asked for, or none is left."""
    reading = MembershipReader(contact_id="25", list_id="19")
    reported: Memberships | Refusal | None = None
    for page in pages:
        reported = reading.add_page(got({"contactLists": page, "meta": {"total": total}}))
        if reported is not None:
            break
    return reported


def others(first: int, count: int) -> list[Row]:
    """Make rows of other lists."""
    return [row(list=str(number), status="1", id=str(number)) for number in range(first, first + count)]


def assert_unclear(reported: Memberships | Refusal | None) -> None:
    assert isinstance(reported, Refused)
    assert (reported.cause, reported.reason.code) == (Cause.PASSING, ReasonCode.MEMBERSHIPS_UNCLEAR)


def test_a_membership_is_read_with_since_when() -> None:
    outcome = read([row(udate="2026-08-02T00:00:00-05:00"), row(list=7, id=8)])

    assert outcome == Memberships((Membership(ListStatus.UNSUBSCRIBED, "2026-08-02"),))
    assert outcome.most_restrictive == Membership(2, "2026-08-02")


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ({"udate": "2024-05-06T07:08:09-05:00"}, "2024-05-06"),
        ({"udate": None, "updated_timestamp": "2024-05-06 07:08:09"}, "2024-05-06"),
        ({"udate": "0000-00-00", "updated_timestamp": "0000-00-00 00:00:00"}, "2021-04-08"),
        ({"udate": "2024-02-30", "sdate": ""}, ""),
        ({"udate": "٢٠٢٤-05-06", "sdate": None}, ""),
        ({"udate": 7, "sdate": {}}, ""),
    ],
)
def test_since_when_is_a_real_date_or_unknown(values: Row, since: str) -> None:
    assert read([row(**values)]) == Memberships((Membership(ListStatus.UNSUBSCRIBED, since),))


def test_who_never_was_on_the_list_has_no_status() -> None:
    outcome = read(others(100, 3))

    assert outcome == Memberships(())
    assert outcome.most_restrictive is None
    assert read([]) == Memberships(())


@pytest.mark.parametrize(
    "value",
    [19, "19", 19.0, "19.0", "019", " 19", "19 ", "+19", "19.", "\t19\n", {"id": "19"}, {"id": 19, "name": "x"}],
)
def test_every_spelling_of_our_list_is_ours(value: object) -> None:
    outcome = read([row(list=value)])

    assert outcome == Memberships((Membership(2, "2021-04-08"),))


@pytest.mark.parametrize("value", [25, "25", 25.0, "25.0", "025", " 25", {"id": "25"}])
@pytest.mark.parametrize("status", [2, "2", 2.0, "2.0", "02", " 2"])
def test_every_spelling_of_our_contact_and_of_a_status_is_understood(value: object, status: object) -> None:
    assert read([row(contact=value, status=status)]) == Memberships((Membership(2, "2021-04-08"),))


@pytest.mark.parametrize(
    "value",
    [None, "", "donors", "19a", "0x13", "1_9", "19.5", 19.5, True, False, 0, "0", -19, [], ["19"], {}, {"id": None},
     {"id": {"id": "19"}}, "\uff19", "19,0", "1e1", 10**19, "9" * 20],
)  # fmt: skip
@pytest.mark.parametrize("status", ["1", "2"])
def test_a_list_that_is_not_understood_could_be_ours(value: object, status: str) -> None:
    assert_unclear(read([*others(100, 2), row(list=value, status=status)]))


def test_a_row_without_a_list_could_be_of_ours() -> None:
    assert_unclear(read([{"contact": "25", "status": "1", "id": "7"}]))


@pytest.mark.parametrize("value", [None, "", "26", 26, {"id": "26"}, {}, "x", "0", -25, True, [25], 25.5])
@pytest.mark.parametrize("status", ["1", "2"])
def test_a_row_of_our_list_under_another_contact_could_be_of_our_person(value: object, status: str) -> None:
    """Merged contacts go by the number of the one that is left."""
    assert_unclear(read([row(contact=value, status=status)]))


@pytest.mark.parametrize("value", [None, "", "unsubscribed", True, 1.5, [], {}, {"id": "1"}, "1,0", "9" * 5_000])
def test_a_status_that_is_no_number_is_no_consent(value: object) -> None:
    assert_unclear(read([row(status=value)]))
    assert_unclear(read([{"contact": "25", "list": "19"}]))


@pytest.mark.parametrize("broken", [None, "19", 19, [], [row()]])
def test_a_row_that_is_none_is_no_consent(broken: object) -> None:
    assert_unclear(read([*others(100, 1), broken]))


@pytest.mark.parametrize(
    "odd",
    [
        {"status": 91},
        {"status": 4711},
        {"status": None},
        {"status": "gone"},
        {"contact": "26"},
        {"contact": None},
        {"id": {}},
    ],
)
def test_a_row_of_another_list_never_matters(odd: Row) -> None:
    assert read([row(list="7", **odd), row(status="1")]) == Memberships((Membership(1, "2021-04-08"),))


@pytest.mark.parametrize("status", [91, 4, -1, 4_711])
def test_a_status_nobody_knows_is_reported_with_its_number(status: int) -> None:
    outcome = read([row(status=str(status))])

    assert isinstance(outcome, Memberships)
    assert outcome.most_restrictive is not None
    assert outcome.most_restrictive.status == status


@pytest.mark.parametrize(
    ("statuses", "stands"),
    [((1, 2), 2), ((3, 2), 2), ((0, 3), 3), ((1, 0), 0), ((1, 91), 91), ((1, 1), 1), ((91, 2, 1), 2), ((1, 7), 7)],
)
def test_of_several_rows_about_our_list_the_one_that_speaks_most_against_it_counts(
    statuses: tuple[int, ...], stands: int
) -> None:
    outcome = read([row(status=status, id=str(number)) for number, status in enumerate(statuses, 1)])

    assert isinstance(outcome, Memberships)
    assert outcome.most_restrictive is not None
    assert outcome.most_restrictive.status == stands


@pytest.mark.parametrize("rows", [None, {}, "x", 7])
def test_memberships_that_are_no_rows_are_a_broken_answer(rows: object) -> None:
    reported = MembershipReader(contact_id="25", list_id="19").add_page(got({"contactLists": rows}))

    assert isinstance(reported, Refused)
    assert (reported.cause, reported.reason.code) == (Cause.PASSING, ReasonCode.BROKEN_ANSWER)


def test_a_list_of_ours_that_is_no_number_is_no_consent() -> None:
    assert_unclear(MembershipReader(contact_id="25", list_id="x").add_page(got({"contactLists": [row()]})))


@pytest.mark.parametrize("total", [None, "0", "1", 150, "150", 4711, "many", {}, -1])
def test_150_memberships_are_read_to_the_last_one_whatever_the_total(total: object) -> None:
    outcome = read(others(100, 100), [*others(200, 49), row()], [], total=total)

    assert outcome == Memberships((Membership(2, "2021-04-08"),))


def test_the_next_page_begins_behind_the_rows_that_came() -> None:
    reading = MembershipReader(contact_id="25", list_id="19")
    offsets = []
    for page in (others(100, 100), others(200, 20), others(300, 20), []):
        offsets.append(reading.offset)
        outcome = reading.add_page(got({"contactLists": page}))

    assert outcome == Memberships(())
    assert offsets == [0, 100, 120, 140]


@pytest.mark.parametrize(
    ("count", "total", "goes_on"),
    [(99, None, False), (100, "100", True), (150, "1", True), (20, None, True), (19, None, False), (3, "4", True),
     (3, "3", False), (0, None, False), (0, "5", False)],
)  # fmt: skip
def test_a_page_is_the_last_one_only_where_it_is_short(count: int, total: str | None, *, goes_on: bool) -> None:
    assert (read(others(100, count), total=total) is None) == goes_on


@pytest.mark.parametrize("count", [100, 20, 150])
def test_a_page_that_repeats_itself_is_no_consent(count: int) -> None:
    assert_unclear(read(others(100, count), others(100, count)))


def test_rows_that_come_again_without_numbers_are_known_by_their_list() -> None:
    first = [{"contact": "25", "list": str(number), "status": "1"} for number in range(100, 200)]

    assert_unclear(read(first, first[50:]))


def test_rows_that_moved_between_two_pages_are_no_consent() -> None:
    assert_unclear(read(others(100, 100), others(199, 30)))


def test_a_total_that_changes_between_two_pages_is_no_consent() -> None:
    reading = MembershipReader(contact_id="25", list_id="19")

    assert reading.add_page(got({"contactLists": others(100, 100), "meta": {"total": "150"}})) is None
    assert_unclear(reading.add_page(got({"contactLists": others(200, 49), "meta": {"total": "149"}})))


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_an_answer_with_what_is_no_json_is_no_consent(constant: str) -> None:
    body = json.dumps({"contactLists": [row(id=7)]}).replace(": 7", f": {constant}")
    reply = Response(status=200, headers={"content-type": "application/json"}, body=body.encode())

    reported = MembershipReader(contact_id="25", list_id="19").add_page(reply)

    assert constant in body
    assert reported == Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))


def test_pages_without_end_are_no_consent() -> None:
    pages = [others(100 + 100 * number, 100) for number in range(MOST_PAGES + 1)]
    reading = MembershipReader(contact_id="25", list_id="19")

    reported = [reading.add_page(got({"contactLists": page})) for page in pages[:MOST_PAGES]]

    assert reported[:-1] == [None] * (MOST_PAGES - 1)
    assert_unclear(reported[-1])


def test_a_contact_that_goes_between_two_pages_is_lost() -> None:
    reading = MembershipReader(contact_id="25", list_id="19")
    assert reading.add_page(got({"contactLists": others(100, 100)})) is None

    assert reading.add_page(got({"message": "No Result found for Subscriber with id 25"}, 404)) == ContactLost()


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(0, 30),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["19", "019", "19.0", " 19", "25", "2", "1", "91"]),
    st.dictionaries(st.sampled_from(["id", "x"]), st.integers(0, 30) | st.text(max_size=3), max_size=2),
    st.lists(st.integers(), max_size=2),
)
ROWS = st.dictionaries(st.sampled_from(["contact", "list", "status", "id", "udate"]), VALUES, max_size=5)


def spelled(value: object) -> set[int]:
    """Every number that somebody could mean by a value; a second opinion, without a regular expression."""
    if isinstance(value, dict):
        return spelled(value.get("id")) if not isinstance(value.get("id"), dict) else set()
    if isinstance(value, bool) or value is None:
        return set()
    with suppress(ValueError, OverflowError):
        if float(str(value)) == int(float(str(value))):
            return {int(float(str(value)))}
    return set()


@given(st.lists(ROWS | VALUES, max_size=4))
def test_nobody_may_be_put_onto_the_list_while_a_row_could_speak_against_it(rows: list[object]) -> None:
    outcome = read(rows)

    if isinstance(outcome, Memberships) and outcome.most_restrictive is None:
        for one in rows:
            assert isinstance(one, dict)
            assert spelled(one.get("list")), one
            assert 19 not in spelled(one.get("list")), one


@given(VALUES)
def test_a_number_is_what_a_second_opinion_says_or_none(value: object) -> None:
    found = number(value, least=-LARGEST)

    assert found is None or found in spelled(value)
    reported = record_number(value)
    assert reported is None or reported > 0
