"""An attempt asks at the account's pace and for as long as its claim is ours, and stops wherever it is told to."""

import itertools
from collections.abc import Callable

import pytest

from ac_desktop.activecampaign import bulk, requests
from ac_desktop.activecampaign.client import Client
from ac_desktop.activecampaign.rate_limiter import RateLimiter
from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Cause
from ac_desktop.practice.faults import Faults, OverLimit
from ac_desktop.relay.request_runner import MOST_LOGGED, RelayStoppedError, RequestContext, RequestRunner, StepName
from tests.harness import Harness
from tests.unpaced import UnpacedLedger

PEOPLE = [ContactPayload(f"d{number}@example.org") for number in range(10)]
YEAR = 365 * 86_400.0
BUSY = Faults(always_busy=True, over_limit=OverLimit.RETRY_30)


def _runner(
    desk: Harness,
    *,
    stopping: Callable[[], bool] = lambda: False,
    renew: Callable[[float], bool] = lambda _: True,
    busy_waited: float = 0.0,
) -> RequestRunner:
    connection = desk.connect()
    context = RequestContext(
        sender=Client(connection.settings.address, desk.server.key),
        rate_limiter=RateLimiter(UnpacedLedger(), desk.clock.now, desk.clock.sleep, desk.clock.steady),
        clock=desk.clock,
        redactor=desk.redactor,
        stopping=stopping,
    )
    return RequestRunner(connection, context, renew=renew, busy_waited=busy_waited)


def test_a_bulk_request_that_waits_for_its_line_too_long_is_a_passing_failure(desk: Harness) -> None:
    began = desk.clock.now()
    desk.account.faults = BUSY
    refused = _runner(desk).ask_bulk(bulk.import_contacts(PEOPLE, "1"))
    assert isinstance(refused, Refused)
    assert (refused.cause, refused.reason.code) == (Cause.PASSING, ReasonCode.BUSY_TOO_LONG)
    assert desk.clock.now() - began >= rules.BUSY_LIMIT


def test_who_has_waited_enough_before_asking_gives_back_and_counts_nothing(desk: Harness) -> None:
    runner = _runner(desk, busy_waited=rules.BUSY_LIMIT)
    runner._rate_limiter.record_busy(runner._account, 30.0, desk.clock.now())
    with pytest.raises(RelayStoppedError):
        runner.ask(StepName.CONTACT, requests.sync_contact(PEOPLE[0]))
    assert not desk.account.requests()


def test_a_nap_ends_when_the_relay_stops(desk: Harness) -> None:
    began = desk.clock.now()
    runner = _runner(desk, stopping=lambda: desk.clock.now() >= began + 5)
    with pytest.raises(RelayStoppedError):
        runner.sleep(60)
    assert desk.clock.now() == began + 5


def test_a_nap_keeps_the_lease_and_ends_where_the_claim_is_lost(desk: Harness) -> None:
    renewed: list[float] = []

    def renew(now: float) -> bool:
        renewed.append(now)
        return len(renewed) < 2

    began = desk.clock.now()
    with pytest.raises(RelayStoppedError):
        _runner(desk, renew=renew).sleep(10 * rules.LEASE_RENEWAL)
    assert [at - began for at in renewed] == pytest.approx([rules.LEASE_RENEWAL, 2 * rules.LEASE_RENEWAL], abs=2)


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_a_nap_is_as_long_as_it_was_to_be_and_keeps_the_lease_though_the_clock_is_set(
    desk: Harness, jump: float
) -> None:
    renewed: list[float] = []
    looks = itertools.count(1)

    def stopping() -> bool:
        look = next(looks)
        if look == 5:
            desk.clock.advance(jump)
        return look > 1_000

    def renew(now: float) -> bool:
        renewed.append(now)
        return True

    began = desk.clock.now()
    _runner(desk, stopping=stopping, renew=renew).sleep(3 * rules.LEASE_RENEWAL)

    assert desk.clock.now() - began == pytest.approx(jump + 3 * rules.LEASE_RENEWAL)
    assert len(renewed) >= 3, "whoever looks at the lease sees that we live"


def test_nothing_is_sent_once_the_relay_stops(desk: Harness) -> None:
    with pytest.raises(RelayStoppedError):
        _runner(desk, stopping=lambda: True).ask_bulk(bulk.import_contacts(PEOPLE, "1"))
    assert not desk.account.requests()


def test_an_answer_is_kept_with_the_headers_that_tell_something(desk: Harness) -> None:
    runner = _runner(desk)
    reply = runner.ask(StepName.CONTACT, requests.sync_contact(PEOPLE[0]))
    assert isinstance(reply, Response)
    (step,) = runner.steps
    assert (step.step, step.method, step.status) == ("contact", "POST", 201)
    assert "content-type" in dict(step.headers)
    assert "date" in reply.headers
    assert "date" not in dict(step.headers)


class Busy:
    """An account that is busy for ever, tells to wait a moment, and says much."""

    def __init__(self) -> None:
        self.asked = 0

    def send(self, request: Request) -> Reply:  # noqa: ARG002  whatever is asked
        self.asked += 1
        return Response(status=429, headers={"retry-after": "0.001"}, body=b"x" * 100_000)

    def close_thread(self) -> None:
        """Holds nothing."""


@pytest.mark.parametrize("in_bulk", [False, True])
def test_an_account_that_is_busy_for_a_moment_without_end_is_given_up(desk: Harness, *, in_bulk: bool) -> None:
    account = Busy()
    runner = _runner(desk)
    runner._sender = account
    asked = bulk.import_contacts(PEOPLE, "1") if in_bulk else requests.users_me()
    refused = runner.ask_bulk(asked) if in_bulk else runner.ask(StepName.CONTACT, asked)

    assert isinstance(refused, Refused)
    assert (refused.cause, refused.reason.code) == (Cause.PASSING, ReasonCode.BUSY_TOO_LONG)
    assert account.asked <= rules.BUSY_LIMIT / rules.BUSY_DEFAULT + 1
    assert sum(len(step.response) for step in runner.steps) == MOST_LOGGED
    assert all(step.cut for step in runner.steps)
