"""The checker finds each promise broken, so that a proof that holds says something."""

from dataclasses import replace

import pytest

from tests.office import checker
from tests.office.account import Request
from tests.office.checker import Kill

SYNC = "contact/sync"
ROWS = [{"email": "a@example.org", "state": "sent"}, {"email": "b@example.org", "state": "waiting"}]
TALLY = {"sent": 1, "waiting": 1, "held": 0}


def _request(at: float, email: str = "a@example.org", who: str = "one", status: int = 200) -> Request:
    return Request(
        number=1, at=at, who=who, what=SYNC, email=email, open_then=1, refused_before=0, status=status, ended=at + 0.1
    )


def test_everybody_in_one_state_is_well() -> None:
    assert checker.kept(["a@example.org", "b@example.org"], ROWS, TALLY) == []


def test_who_is_lost_there_twice_or_in_no_state_is_found() -> None:
    assert "1 lost" in checker.kept(["a@example.org", "b@example.org", "c@example.org"], ROWS, TALLY)[0]
    assert "more than once" in checker.kept(["a@example.org"], [ROWS[0], ROWS[0]], {"sent": 2})[0]
    assert "in no state" in checker.kept(["a@example.org"], [{"email": "a@example.org", "state": "?"}], {"?": 1})[0]


def test_sums_that_disagree_with_the_records_are_found() -> None:
    assert checker.kept(["a@example.org", "b@example.org"], ROWS, {"sent": 2}) != []


def test_sent_and_the_list_are_compared_both_ways() -> None:
    assert checker.sent_is_true(ROWS, ["a@example.org"]) == []
    assert "not on the list" in checker.sent_is_true(ROWS, [])[0]
    assert "but not sent" in checker.sent_is_true(ROWS, ["a@example.org", "b@example.org"])[0]


def test_a_step_taken_twice_is_found_unless_a_killed_workstation_had_it_on_its_way() -> None:
    twice = [_request(1.0), _request(3.0, who="two")]
    assert "twice" in checker.sent_once(twice, ())[0]
    assert checker.sent_once(twice, [Kill("one", 2.0, frozenset({"a@example.org"}))]) == []
    assert checker.sent_once(twice, [Kill("one", 2.0, frozenset({"b@example.org"}))]) != []
    assert checker.sent_once(twice, [Kill("one", 4.0, frozenset({"a@example.org"}))]) != []
    assert checker.sent_once([_request(1.0, status=500), _request(3.0)], ()) == []
    assert checker.times_asked_again(twice) == 1


def test_a_request_that_arrived_after_its_process_was_killed_is_excused_and_one_of_a_living_process_is_not() -> None:
    kill = Kill("one", 2.0, frozenset())
    assert checker.sent_once([_request(2.5, who=""), _request(4.0, who="two")], [kill]) == []
    assert checker.sent_once([_request(2.5, who="one"), _request(4.0, who="two")], [kill]) != []
    assert checker.sent_once([_request(1.5, who=""), _request(4.0, who="two")], [kill]) != []
    assert checker.sent_once([_request(9.0, who=""), _request(10.0, who="two")], [kill]) != []


def test_whom_a_killed_workstation_had_asked_for_last_is_excused_for_its_own_requests_alone() -> None:
    kill = Kill("one", 2.0, frozenset(), frozenset({"a@example.org"}))
    assert checker.sent_once([_request(1.7), _request(3.0, who="two")], [kill]) == []
    assert checker.sent_once([_request(1.7, who=""), _request(3.0, who="two")], [kill]) == [], "it was read too late"
    assert checker.sent_once([_request(1.7, who="two"), _request(3.0)], [kill]) != []
    assert checker.sent_once([_request(1.7, "b@example.org"), _request(3.0, "b@example.org")], [kill]) != []
    assert checker.sent_once([_request(2.5), _request(3.0, who="two")], [kill]) != []
    late = Kill("one", 9.0, frozenset(), frozenset({"a@example.org"}))
    assert checker.sent_once([_request(1.7), _request(10.0, who="two")], [late]) != [], "it had ended long before"


def test_the_busiest_second_is_told() -> None:
    requests = [_request(at, who=who) for at, who in ((1.0, "one"), (3.0, "two"), (3.5, ""), (3.9, "one"))]
    assert checker.busiest_second(requests) == "two contact/sync 0, nobody contact/sync 500, one contact/sync 900"
    assert checker.busiest_second([]) == ""


def test_more_than_four_in_flight_at_a_kill_are_found() -> None:
    assert checker.sent_once([], [Kill("one", 2.0, frozenset("abcde"))]) != []


@pytest.mark.parametrize("number", [4, 6])
def test_four_failures_and_six_are_both_wrong(number: int) -> None:
    refused = [_request(float(place), status=403) for place in range(number)]
    assert checker.five_and_no_sixth(refused) == [f"{number} attempts failed"]
    assert checker.five_and_no_sixth([*refused, _request(9.0)][:4] + refused[:1]) == []


def test_too_many_in_flight_after_failures_are_found() -> None:
    well = replace(_request(1.0), open_then=2, refused_before=2)
    assert checker.in_flight_allowed([well, replace(well, open_then=1, refused_before=4)]) == []
    assert checker.in_flight_allowed([replace(well, open_then=3)]) == ["3 in flight after 2 failures"]


def test_six_requests_within_a_second_are_found_and_at_a_second_s_end_are_not() -> None:
    assert checker.budget_kept([_request(place / 5) for place in range(6)]) == []
    assert checker.budget_kept([_request(place / 5.1) for place in range(6)]) == ["6 requests in one second"]
    assert checker.budget_kept([_request(1.0, status=429)]) == ["1 answers of 429"]


def test_the_budget_used_counts_the_time_between_requests() -> None:
    assert checker.budget_used([_request(place / 5) for place in range(11)]) == pytest.approx(1.0)
    assert checker.budget_used([_request(place / 4) for place in range(11)]) == pytest.approx(0.8)
    assert checker.shortest_span([_request(place / 5) for place in range(11)]) == pytest.approx(1.0)


def test_a_request_long_after_the_server_s_last_word_is_found() -> None:
    assert checker.fenced([_request(2.0)], {"one": [1.5]}) == []
    assert "after the server's last word" in checker.fenced([_request(9.0)], {"one": [1.5, 9.1]})[0]
    assert checker.fenced([_request(2.0)], {"two": [1.9]}) != []
