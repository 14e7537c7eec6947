"""Donations fetched from a stand-in Anedot: once each, with those left out that files leave out, all days or none."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.activecampaign import client
from ac_desktop.importing.sources.anedot_api import FetchProblem, problem_text
from ac_desktop.model.scope import Scope, ScopeKind
from ac_desktop.model.states import RecordState
from ac_desktop.practice.anedot_account import AnedotFault, AskedDay, OtherAccount
from tests.importing.sources.anedot_support import DAY, NEXT_DAY, Fetching, donation, fetching


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Fetching]:
    with fetching(tmp_path / "data") as made:
        yield made


def test_a_day_is_queued_as_one_batch_with_page_date_and_id(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.accounts.donate(donation(2))
    here.accounts.donate(donation(3, NEXT_DAY))

    outcome = here.fetch()

    assert outcome.import_result is not None
    assert (outcome.import_result.rows, outcome.import_result.waiting) == (2, 2)
    assert (outcome.problem, outcome.needs_answer, outcome.known) == (None, False, 0)
    record = here.records()[0]
    assert record.donor.email == "donor1@example.org"
    assert (record.donor.first_name, record.donor.last_name, record.donor.phone) == ("First1", "Dot", "2252501301")
    assert (record.donor.page, record.donor.page_name) == ("c00000000000000000001", "/demo/donate")
    stored = here.services.database.row("SELECT donation_id, donated_at FROM record WHERE id = ?", (record.id,))
    assert stored is not None
    assert tuple(stored) == ("d00000000000000000001", "2026-11-27 20:45:23")
    facts = here.services.staging.facts(outcome.batch_id or 0)
    assert facts is not None
    assert (facts.kind, facts.file_name, facts.recognised_as) == ("fetch", "Anedot, Nov 27, 2026", "Anedot API")


def test_a_day_fetched_again_brings_nothing_new(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.fetch()
    here.accounts.donate(donation(2))

    second, third = here.fetch(), here.fetch()

    assert second.import_result is not None
    assert (second.import_result.rows, second.known) == (1, 1)
    assert (third.batch_id, third.problem, third.known) == (None, None, 2)
    assert [record.donor.email for record in here.records()] == ["donor1@example.org", "donor2@example.org"]
    assert here.batches() == 2


def test_refunded_failed_and_abandoned_donations_are_left_out_as_of_a_file(here: Fetching) -> None:
    for number, status in enumerate(("completed", "refunded", "partially_refunded", "failed", "abandoned", "pending")):
        here.accounts.donate(donation(number, status=status))

    outcome = here.fetch()

    assert outcome.import_result is not None
    assert (outcome.import_result.waiting, outcome.import_result.skipped) == (1, 5)
    codes = [record.reason.code.value for record in here.records()[1:] if record.reason]
    assert codes == ["refunded", "refunded", "not_completed", "not_completed", "not_completed"]


def test_a_pending_donation_that_is_completed_later_comes_in_and_then_never_again(here: Fetching) -> None:
    here.accounts.donate(donation(1, status="pending"))
    first = here.fetch()
    assert here.fetch().batch_id is None
    here.accounts.set_status(donation(1).id, "completed")

    second, third = here.fetch(), here.fetch()

    assert first.import_result is not None
    assert first.import_result.skipped == 1
    assert second.import_result is not None
    assert (second.import_result.rows, second.import_result.waiting) == (1, 1)
    assert (third.batch_id, third.known) == (None, 1)


def test_a_refund_since_is_shown_once_and_the_donor_is_not_queued_again(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.fetch()
    here.accounts.set_status(donation(1).id, "refunded")

    second, third = here.fetch(), here.fetch()

    assert second.import_result is not None
    assert (second.import_result.waiting, second.import_result.skipped) == (0, 1)
    assert third.batch_id is None
    assert [record.state for record in here.records()] == [RecordState.WAITING, RecordState.SKIPPED]


def test_a_status_that_nobody_knows_is_held_once_a_person_saw_it_and_comes_in_when_it_is_completed(
    here: Fetching,
) -> None:
    here.accounts.donate(donation(1, status="in_mediation"))
    by_itself = here.fetch(by_itself=True)
    seen_by_a_person = here.fetch_as_a_person()
    again = here.fetch()
    here.accounts.set_status(donation(1).id, "completed")
    completed = here.fetch()

    assert (by_itself.needs_answer, by_itself.batch_id) == (True, None)
    assert seen_by_a_person.result.held == 1
    assert (again.batch_id, again.known) == (None, 1)
    assert completed.import_result is not None
    assert completed.import_result.waiting == 1


def test_a_corrected_address_does_not_bring_a_known_donation_in_again(here: Fetching) -> None:
    here.accounts.donate(donation(1))
    here.fetch()
    here.accounts.donate(donation(1, email="other@example.org"))

    assert here.fetch().batch_id is None


def test_two_donations_of_one_donor_are_one_relay(here: Fetching) -> None:
    here.accounts.donate(donation(1, email="ann@example.org"))
    here.accounts.donate(donation(2, NEXT_DAY, email="ann@example.org"))

    outcome = here.fetch(DAY, NEXT_DAY)

    assert outcome.import_result is not None
    assert (outcome.import_result.rows, outcome.import_result.waiting) == (2, 1)


def test_a_page_of_the_scope_is_known_by_its_address(here: Fetching) -> None:
    here.accounts.donate(donation(1, url="/demo/gala"))
    here.accounts.donate(donation(2, url="/demo/donate"))
    scope = Scope(ScopeKind.ONLY, ("https://secure.anedot.com/demo/gala",))
    gala = here.connect("Gala", scope=scope)

    here.fetch(connection=gala)

    assert [record.state for record in here.records(gala)] == [RecordState.WAITING, RecordState.SKIPPED]


def test_a_donation_without_an_address_is_held(here: Fetching) -> None:
    here.accounts.donate(donation(1, email="not an address"))

    outcome = here.fetch()

    assert outcome.import_result is not None
    assert (outcome.import_result.held, outcome.needs_answer) == (1, False)


def test_a_day_without_donations_is_no_problem_and_no_batch(here: Fetching) -> None:
    outcome = here.fetch()

    assert (outcome.batch_id, outcome.problem, outcome.known, outcome.requests_left) == (None, None, 0, 999)
    assert here.batches() == 0


PROBLEMS = {
    AnedotFault.WRAPPED: FetchProblem.ANSWER_CHANGED,
    AnedotFault.WITHOUT_STATUS: FetchProblem.ANSWER_CHANGED,
    AnedotFault.NUMBER_AS_ID: FetchProblem.ANSWER_CHANGED,
    AnedotFault.SAME_ID: FetchProblem.ANSWER_CHANGED,
    AnedotFault.NOT_JSON: FetchProblem.ANSWER_CHANGED,
    AnedotFault.WEB_PAGE: FetchProblem.ANSWER_CHANGED,
    AnedotFault.MORE_PAGES: FetchProblem.ANSWER_CHANGED,
    AnedotFault.FORBIDDEN_403: FetchProblem.KEY_REFUSED,
    AnedotFault.UNAUTHORIZED_401: FetchProblem.KEY_REFUSED,
    AnedotFault.THROTTLED_429: FetchProblem.TOO_MANY_REQUESTS,
    AnedotFault.QUOTA_429: FetchProblem.TOO_MANY_REQUESTS,
    AnedotFault.ERROR_500: FetchProblem.SERVER_TROUBLE,
    AnedotFault.ERROR_503: FetchProblem.SERVER_TROUBLE,
    AnedotFault.REDIRECT_302: FetchProblem.REDIRECTED,
    AnedotFault.RESET: FetchProblem.UNREACHABLE,
    AnedotFault.CUT_BODY: FetchProblem.UNREACHABLE,
    AnedotFault.ENDLESS: FetchProblem.ANSWER_TOO_LONG,
}


def test_every_fault_of_the_stand_in_is_tried() -> None:
    assert PROBLEMS.keys() == set(AnedotFault) - {AnedotFault.OFF}


@pytest.mark.parametrize("fault", PROBLEMS)
def test_a_second_day_that_fails_leaves_nothing_of_the_first(here: Fetching, fault: AnedotFault) -> None:
    for number in (1, 2):
        here.accounts.donate(donation(number))
        here.accounts.donate(donation(10 + number, NEXT_DAY))
    here.accounts.faulty_days[NEXT_DAY.isoformat()] = fault

    outcome = here.fetch(DAY, NEXT_DAY)

    assert outcome.problem is PROBLEMS[fault]
    assert outcome.text == problem_text(PROBLEMS[fault])
    assert (outcome.batch_id, outcome.import_result, outcome.requests_left) == (None, None, 998)
    assert (here.batches(), here.records()) == (0, [])
    assert [asked.day for asked in here.accounts.asked] == [DAY.isoformat(), NEXT_DAY.isoformat()]

    here.accounts.faulty_days.clear()
    afterwards = here.fetch(DAY, NEXT_DAY)
    assert afterwards.import_result is not None
    assert afterwards.import_result.waiting == 4


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        (OtherAccount.FORBIDDEN_403, FetchProblem.KEY_REFUSED),
        (OtherAccount.NOT_FOUND_404, FetchProblem.WRONG_ACCOUNT),
        (OtherAccount.EMPTY_200, None),
    ],
)
def test_an_account_of_somebody_else_brings_nothing(
    here: Fetching, how: OtherAccount, problem: FetchProblem | None
) -> None:
    here.accounts.donate(donation(1), "a2")
    here.accounts.other_account = how

    outcome = here.fetch(connection=here.connect("Other", uid="a2"))

    assert (outcome.problem, outcome.batch_id, here.batches()) == (problem, None, 0)


def test_a_key_that_is_not_known_is_refused(here: Fetching) -> None:
    outcome = here.fetch(connection=here.connect("Other", key="wrong-key"))

    assert outcome.problem is FetchProblem.KEY_REFUSED


def test_nothing_is_asked_without_an_account_or_a_key(here: Fetching) -> None:
    account = here.services.anedot.accounts.of(here.connection.id)
    assert account is not None
    here.services.anedot.keys.delete(account.key_name)
    without_key = here.fetch()
    settings = replace(here.connection.settings, name="Autumn")
    never_set_up = here.services.connections.create(settings, here.clock.now())

    assert without_key.problem is FetchProblem.NO_KEY
    assert here.fetch(connection=never_set_up).problem is FetchProblem.NOT_SET_UP
    assert here.accounts.asked == []


def test_an_anedot_that_cannot_be_reached_or_never_answers_is_said(
    here: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "READ_TIMEOUT", 0.2)
    answered = threading.Event()

    def wait(_: AskedDay) -> None:
        answered.wait(60)

    here.accounts.on_request = wait
    silent = here.fetch()
    answered.set()
    here.server.stop()

    assert silent.problem is FetchProblem.TIMED_OUT
    assert here.fetch().problem is FetchProblem.UNREACHABLE
    assert here.batches() == 0


def test_a_status_in_a_column_that_nobody_knows_waits_for_a_person(here: Fetching) -> None:
    odd = donation(1)
    here.accounts.donate(odd)
    here.accounts.extra_fields = {"payment_state": "in mediation"}

    outcome = here.fetch()

    assert (outcome.needs_answer, outcome.batch_id, outcome.problem) == (True, None, None)
    assert here.batches() == 0


def test_a_donation_that_names_no_page_is_held_where_only_some_pages_are_taken(here: Fetching) -> None:
    gala = here.connect("Gala", scope=Scope(ScopeKind.ONLY, ("gala",)))
    here.accounts.donate(replace(donation(1), url="", campaign_uid=""))

    here.fetch(connection=gala)

    assert [record.state for record in here.records(gala)] == [RecordState.HELD]


def test_the_days_have_to_be_in_order(here: Fetching) -> None:
    with pytest.raises(ValueError, match="before the first"):
        here.fetch(NEXT_DAY, DAY)
