"""The checker of the long proof finds each promise broken, so that an hour without a finding says something."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.nemesis import checker
from tests.nemesis.record import Batch, Change, Evidence, Given, GivenFile, Kept, ListCall, Row, Try
from tests.office.account import Request

ANN, BEA = "ann@example.org", "bea@example.org"
FILE = GivenFile(name="spring.csv", sha256="a1", rows=2, emails=Counter([ANN, BEA]))
GIVEN = Given(files={"a1": FILE}, must={"a1"})
BATCH = Batch(id=1, connection=1, kind="file", sha256="a1", is_loading=False, rows_read=2)
ROWS = tuple(
    Row(id=number, batch=1, row=number + 1, email=email, state="sent", reason="", donation="", cells=email)
    for number, email in enumerate((ANN, BEA), 1)
)
KEPT = Kept(batches={1: BATCH}, rows=ROWS, tally={(1, "sent"): 2}, attempts=(), reactivated=frozenset())
CAME = (
    Change(at=5.0, contact="1", email=ANN, before=None, after=1, number=3),
    Change(at=6.0, contact="2", email=BEA, before=None, after=1, number=4),
)
THERE = {ANN: 1, BEA: 1}
ASKED = Evidence(at=4.0, who="one", contact="1", email="")
CALL = ListCall(number=3, at=5.0, who="one", contact="1", email=ANN)


def again(batch: int = 2, state: str = "skipped") -> Kept:
    """Return what is kept after the same file was taken in again."""
    more = tuple(replace(row, id=row.id + 10, batch=batch, state=state) for row in ROWS)
    tally = {**KEPT.tally, (batch, state): 2}
    return replace(KEPT, batches={1: BATCH, batch: replace(BATCH, id=batch)}, rows=ROWS + more, tally=tally)


def tries(*outcomes: str) -> Kept:
    """Return what is kept after attempts; whatever is not sent or held failed."""
    made = (
        Try(id=number, connection=1, outcome=outcome, is_failed=outcome not in {"sent", "held"}, streak=0)
        for number, outcome in enumerate(outcomes, 1)
    )
    return replace(KEPT, attempts=tuple(made))


def request(number: int, at: float, status: int = 500, what: str = "contact/sync") -> Request:
    return Request(
        number=number, at=at, who="one", what=what, email=ANN, open_then=1, refused_before=0, status=status, ended=at
    )


@pytest.mark.parametrize("kept", [KEPT, again()])
def test_what_is_well_is_not_found(kept: Kept) -> None:
    assert checker.accounted(GIVEN, kept) == checker.not_doubled(GIVEN, kept) == checker.sums_agree(kept) == []
    assert checker.sent_is_true(kept.rows, CAME, THERE) == []


def test_rows_that_are_lost_are_found() -> None:
    assert "1 files whose rows are lost" in checker.accounted(GIVEN, replace(KEPT, batches={}, rows=()))[0]
    assert "2 rows, its batch 1" in checker.accounted(GIVEN, replace(KEPT, rows=ROWS[:1]))[0]
    other = (ROWS[0], replace(ROWS[1], email="cleo@example.org"))
    assert f"people of spring.csv lost: {BEA}" in checker.accounted(GIVEN, replace(KEPT, rows=other))[0]
    twice = (ROWS[0], replace(ROWS[1], row=ROWS[0].row))
    assert "2 of 1 places" in checker.accounted(GIVEN, replace(KEPT, rows=twice))[0]
    nowhere = (ROWS[0], replace(ROWS[1], state="?"))
    assert "1 rows in no state" in checker.accounted(GIVEN, replace(KEPT, rows=nowhere))[0]


def test_a_batch_that_is_not_whole_counts_for_nothing() -> None:
    loading = replace(KEPT, batches={1: replace(BATCH, is_loading=True)})
    assert "files whose rows are lost" in checker.accounted(GIVEN, loading)[0]


def test_a_content_that_nobody_gave_is_found() -> None:
    torn = replace(KEPT, batches={1: BATCH, 2: replace(BATCH, id=2, sha256="b2")})
    assert checker.accounted(GIVEN, torn) == ["batch 2 has a content that nobody gave"]


def test_typed_donors_and_donations_that_are_lost_are_found() -> None:
    assert "1 typed donors lost" in checker.accounted(Given(typed={"dov@example.org"}), replace(KEPT, batches={}))[0]
    assert "1 donations lost" in checker.accounted(Given(donations={"d1"}), replace(KEPT, batches={}))[0]


def test_rows_that_are_relayed_twice_are_found() -> None:
    assert "2 rows doubled" in checker.not_doubled(GIVEN, again(state="sent"))[0]
    typed = tuple(replace(ROWS[0], id=number, batch=9) for number in (7, 8))
    assert "typed donors doubled" in checker.not_doubled(Given(typed={ANN}), replace(KEPT, rows=typed))[0]
    fetched = tuple(replace(row, donation="d1") for row in ROWS)
    assert "donations doubled" in checker.not_doubled(Given(donations={"d1"}), replace(KEPT, rows=fetched))[0]


def test_sums_that_disagree_are_found() -> None:
    assert checker.sums_agree(replace(KEPT, tally={(1, "sent"): 3})) != []
    assert checker.sums_agree(replace(KEPT, tally={})) != []


def test_sent_and_the_list_are_compared_both_ways() -> None:
    assert f"never on the list: {BEA}" in checker.sent_is_true(ROWS, CAME[:1], {ANN: 1})[0]
    waiting = (ROWS[0], replace(ROWS[1], state="held"))
    assert f"on the list, but not sent: {BEA}" in checker.sent_is_true(waiting, CAME, THERE)[0]
    assert "given by nobody" in checker.sent_is_true(ROWS[:1], CAME, THERE)[0]
    off = (*CAME, Change(at=7.0, contact="2", email=BEA, before=1, after=2, number=9))
    assert "taken off the list by a request" in checker.sent_is_true(ROWS, off, {ANN: 1, BEA: 2})[0]


def test_who_leaves_after_being_sent_is_well() -> None:
    left = (*CAME, Change(at=7.0, contact="2", email=BEA, before=1, after=2))
    assert checker.sent_is_true(ROWS, left, {ANN: 1, BEA: 2}) == []


def test_a_list_call_without_a_question_is_found() -> None:
    assert checker.consent_kept([CALL], [ASKED], CAME, {}) == []
    assert checker.consent_kept([CALL], [replace(ASKED, contact="", email=ANN)], CAME, {}) == []
    for other in (
        replace(ASKED, who="two"),
        replace(ASKED, contact="2"),
        replace(ASKED, at=5.5),
        replace(ASKED, at=5.0 - checker.GOOD_FOR - 1),
    ):
        assert "without asking" in checker.consent_kept([CALL], [other], CAME, {})[0]
    assert "without asking" in checker.consent_kept([CALL], [ASKED], CAME, {"one": [4.5]})[0], "it was started since"


def test_an_opt_out_that_is_undone_is_found_and_one_that_nobody_could_know_is_counted() -> None:
    left = Change(at=3.0, contact="1", email=ANN, before=1, after=2)
    back = replace(CAME[0], before=2)
    assert "was put back" in checker.consent_kept([CALL], [ASKED], (left, back), {})[0]
    overtaken = (replace(left, at=4.5), back)
    assert checker.consent_kept([CALL], [ASKED], overtaken, {}) == []
    assert checker.opt_outs_overtaken(overtaken) == 1
    in_bulk = (left, replace(back, is_bulk=True))
    assert "bulk import put them back" in checker.consent_kept([], [], in_bulk, {})[0]


def test_a_sixth_failure_in_a_row_is_found() -> None:
    assert checker.never_six(tries(*["failed"] * 5, "sent", *["failed"] * 5)) == []
    assert checker.never_six(tries(*["failed"] * 5, "held", "failed")) != []
    revived = replace(tries(*["failed"] * 6), reactivated=frozenset({(1, 5)}))
    assert checker.never_six(revived) == []
    assert checker.never_six(replace(revived, reactivated=frozenset({(2, 5)}))) != []
    counted = replace(tries("sent"), attempts=(replace(tries("sent").attempts[0], streak=6),))
    assert checker.never_six(counted) != []


def test_six_failures_in_a_row_at_the_account_are_found() -> None:
    row = [request(number, number) for number in range(1, 7)]
    assert checker.longest_row(row[:5], [], []) == []
    assert "failure 6 in a row" in checker.longest_row(row, [], [])[0]
    assert checker.longest_row(row, [5.5], []) == [], "somebody reactivated the connection"
    assert checker.longest_row(row, [], [5.5]) == [], "what was in flight at a kill is not kept"
    well = request(9, 3.5, 201, "contactLists")
    assert checker.longest_row([*row, well], [], []) == []
    busy = [replace(one, status=429) for one in row]
    assert checker.longest_row([*row[:5], *busy], [], []) == []


def test_six_requests_in_a_second_are_found() -> None:
    even = [request(number, number * 0.21) for number in range(10)]
    assert checker.pace_kept(even, []) == []
    assert checker.most_in_a_second(even) == 5
    late = [*even[:5], request(11, even[0].at + 0.9)]
    assert checker.pace_kept(late, []) == [], "the first of them was long on its way"
    crowd = [request(number, 1.0 + number * 0.15) for number in range(6)]
    assert "6 requests in the second" in checker.pace_kept(crowd, [])[0]
    assert checker.pace_kept(crowd, [1.2]) == [], "who was stopped after a grant sends when they go on"
