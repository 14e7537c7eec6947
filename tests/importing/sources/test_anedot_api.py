"""Whatever Anedot answers, it is read as transactions or as one problem, and as nothing in between."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ac_desktop.activecampaign.requests import NoResponse, Response, TransportFailure
from ac_desktop.importing.sources.anedot_api import FetchProblem, Transaction, problem_text, read_transactions
from tests.importing.sources.anedot_support import donation

GOOD = donation(1).body()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def answer(body: object, *, status: int = 200) -> Response:
    return Response(status=status, headers={}, body=json.dumps(body).encode())


@given(st.integers(100, 599), st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_any_answer_is_transactions_or_a_problem(status: int, body: bytes) -> None:
    found = read_transactions(Response(status=status, headers={}, body=body))

    assert isinstance(found, FetchProblem) or all(isinstance(one, Transaction) for one in found)
    assert status == 200 or isinstance(found, FetchProblem)


@given(st.sampled_from(sorted(GOOD)), VALUES)
def test_one_odd_value_among_good_transactions_takes_none_or_all_of_them(name: str, value: object) -> None:
    others = [donation(number).body() for number in (2, 3)]
    found = read_transactions(answer([*others, {**GOOD, name: value}]))

    assert found is FetchProblem.ANSWER_CHANGED or (isinstance(found, tuple) and len(found) == 3)


@pytest.mark.parametrize("odd", ["", " ", "d\ud800", "d 1", "d\n1", "d" * 101, 7, None, ["d1"]])
def test_an_id_that_could_not_be_known_again_is_no_id(odd: object) -> None:
    assert read_transactions(answer([{**GOOD, "id": odd}])) is FetchProblem.ANSWER_CHANGED


@pytest.mark.parametrize("name", ["id", "email", "status", "created_at"])
def test_a_transaction_without_what_is_needed_is_none(name: str) -> None:
    entry = {key: value for key, value in GOOD.items() if key != name}

    assert read_transactions(answer([entry])) is FetchProblem.ANSWER_CHANGED


def test_an_address_may_be_missing_as_such_a_donor_is_held() -> None:
    assert isinstance(read_transactions(answer([{**GOOD, "email": None}, {**GOOD, "id": "d2", "email": ""}])), tuple)


def test_every_failure_of_the_network_has_a_problem_and_every_problem_its_sentences() -> None:
    assert all(isinstance(read_transactions(NoResponse(trouble=one)), FetchProblem) for one in TransportFailure)
    texts = [problem_text(problem) for problem in FetchProblem]
    assert len(set(texts)) == len(texts)
    assert all("Nothing was queued." in text for text in texts)
