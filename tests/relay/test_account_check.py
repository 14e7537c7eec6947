"""What a person is shown while a connection is set up: whose key, which lists, and which of three steps went wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.practice.faults import Faults, Outage, WrongAccount
from ac_desktop.relay.account_check import AccountCheck, AccountList, CheckError, CheckStep, KeyOwner
from ac_desktop.services import Services
from tests.activecampaign.servers import Server, answer, says
from tests.harness import Harness


class Checking:
    """A check of the practice account, or of a server that answers what it is given."""

    def __init__(self, harness: Harness) -> None:
        self.harness = harness
        self.services: Services = harness.services
        self.connection = harness.connect()
        self.address = self.connection.settings.address

    @property
    def check(self) -> AccountCheck:
        return self.services.account_check

    def owner(self, key: str | None = None) -> KeyOwner:
        return self.check.owner(self.address, self.harness.server.key if key is None else key)

    def lists(self) -> tuple[AccountList, ...]:
        return self.check.lists(self.address, self.harness.server.key)

    def named(self, number: str) -> AccountList:
        return self.check.list_named(self.address, self.harness.server.key, number)

    def of_body(self, body: object, number: str = "7") -> AccountList:
        with Server(says(answer(json.dumps(body).encode()))) as server:
            return self.check.list_named(server.address(), "made-up-key", number)


@pytest.fixture
def checking(tmp_path: Path) -> Iterator[Checking]:
    with Harness(tmp_path / "data") as harness:
        yield Checking(harness)


def test_the_owner_of_a_good_key_is_named(checking: Checking) -> None:
    owner = checking.owner()
    assert owner.email.endswith("@example.org")
    assert owner.username
    assert checking.harness.account.count() == 1


def test_an_owner_is_known_by_every_name_there_is(checking: Checking) -> None:
    user = {"firstName": "Ann", "lastName": "Lee", "email": "ann@example.org", "username": "annlee"}
    with Server(says(answer(json.dumps({"user": user}).encode()))) as server:
        owner = checking.check.owner(server.address(), "made-up-key")
    assert owner == KeyOwner("Ann", "Lee", "ann@example.org", "annlee")


def test_a_list_that_is_not_there_is_named_by_its_number(checking: Checking) -> None:
    talk = says(answer(b'{"message": "No Result found for Thing with id 19"}', status="404 Not Found"))
    with Server(talk) as server, pytest.raises(CheckError) as failed:
        checking.check.list_named(server.address(), "made-up-key", "19")
    assert (failed.value.step, failed.value.reason.code) == (CheckStep.LIST, ReasonCode.LIST_UNKNOWN)
    assert failed.value.reason.values == {"list": "19"}


def test_an_owner_who_reports_nothing_is_taken_as_it_is(checking: Checking) -> None:
    for user in ({}, {"email": None}, "nobody"):
        with Server(says(answer(json.dumps({"user": user}).encode()))) as server:
            assert checking.check.owner(server.address(), "made-up-key") == KeyOwner("", "", "", "")


@pytest.mark.parametrize(
    ("faults", "step", "code"),
    [
        (Faults(refuse_everything=True), CheckStep.KEY, ReasonCode.KEY_REFUSED),
        (Faults(wrong_account=WrongAccount.HTML_200), CheckStep.ADDRESS, ReasonCode.WEB_PAGE),
        (Faults(outage=Outage.ERROR_500), CheckStep.ADDRESS, ReasonCode.SERVER_TROUBLE),
        (Faults(always_busy=True), CheckStep.KEY, ReasonCode.BUSY),
    ],
)
def test_the_step_that_went_wrong_is_named(
    checking: Checking, faults: Faults, step: CheckStep, code: ReasonCode
) -> None:
    checking.harness.account.faults = faults
    with pytest.raises(CheckError) as failed:
        checking.owner()
    assert (failed.value.step, failed.value.reason.code) == (step, code)
    assert str(failed.value) == failed.value.reason.text


def test_a_busy_account_is_waited_for_and_not_for_ever(checking: Checking) -> None:
    checking.harness.account.faults = Faults(always_busy=True)
    began = checking.harness.clock.now()
    with pytest.raises(CheckError):
        checking.owner()
    assert 50 <= checking.harness.clock.now() - began <= 61


def test_every_list_is_found_page_by_page_but_those_nobody_can_be_mailed_on(checking: Checking) -> None:
    account = checking.harness.account
    account.add_list("Text messages", channel="sms")
    gone = account.add_list("Old appeal", deleted=True)
    account.add_lists(230)
    reported = checking.lists()
    mailed = [one for one in account.lists() if one.channel == "email" and not one.is_deleted]
    assert {one.id for one in reported} == {one.id for one in mailed}
    assert gone.id not in {one.id for one in reported}
    assert account.count("lists") >= 3


def test_a_page_that_reports_nothing_new_ends_the_search(checking: Checking) -> None:
    page = {"lists": [{"id": "1", "name": "Donors", "active_subscribers": "12"}] * 100}
    for body in (page, {"lists": "none"}, {"lists": ["odd"]}):
        talk = says(answer(json.dumps(body).encode()))
        with Server(talk, talk) as server:
            reported = checking.check.lists(server.address(), "made-up-key")
        assert reported == ((AccountList("1", "Donors", 12),) if body is page else ())


def test_a_list_is_known_by_its_number(checking: Checking) -> None:
    number = checking.harness.server.list_id
    assert checking.named(number).id == number
    with pytest.raises(CheckError) as failed:
        checking.named("987654")
    assert (failed.value.step, failed.value.reason.code) == (CheckStep.LIST, ReasonCode.LIST_UNKNOWN)
    assert failed.value.reason.values == {"list": "987654"}


def test_a_key_that_may_not_see_lists_fails_at_the_list(checking: Checking) -> None:
    checking.harness.account.faults = Faults(lists_forbidden=True)
    with pytest.raises(CheckError) as failed:
        checking.lists()
    assert failed.value.step is CheckStep.LIST


@pytest.mark.parametrize(
    "entry",
    [
        "odd",
        {"id": "8", "name": "another"},
        {"id": "7", "channel": "sms"},
        {"id": "7", "deletestamp": "2026-01-01"},
    ],
)
def test_an_answer_about_another_list_is_none(checking: Checking, entry: object) -> None:
    with pytest.raises(CheckError) as failed:
        checking.of_body({"list": entry})
    assert (failed.value.step, failed.value.reason.code) == (CheckStep.LIST, ReasonCode.LIST_UNKNOWN)


@pytest.mark.parametrize(("expected", "number"), [("4312", 4312), (0, None), ("", None), (None, None), ("many", None)])
def test_how_many_are_on_a_list_is_shown_only_where_the_account_says_it(
    checking: Checking, expected: object, number: int | None
) -> None:
    assert checking.of_body({"list": {"id": "7", "name": None, "active_subscribers": expected}}) == AccountList(
        "7", "", number
    )


def test_an_address_where_nobody_answers_to_the_api_is_wrong(checking: Checking) -> None:
    talk = says(answer(b'{"message": "No Result found"}', status="404 Not Found"))
    with Server(talk) as server, pytest.raises(CheckError) as failed:
        checking.check.owner(server.address(), "made-up-key")
    assert failed.value.reason.code is ReasonCode.WRONG_ADDRESS


def test_a_list_that_is_not_found_in_whatever_words_is_unknown(checking: Checking) -> None:
    gone = answer(b'{"message":"Nothing here"}', status="404 Not Found")
    with (
        Server(says(gone)) as server,
        pytest.raises(CheckError) as failed,
    ):
        checking.check.list_named(server.address(), "made-up-key", "7")
    assert (failed.value.step, failed.value.reason) == (CheckStep.LIST, reason(ReasonCode.LIST_UNKNOWN, list="7"))
