"""An attempt asks at the account's pace and for as long as its claim is ours, and stops wherever it is asked to."""

import itertools
from collections.abc import Callable

import pytest

from ac_desktop.activecampaign import bulk, requests
from ac_desktop.activecampaign.client import Client
from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.activecampaign.rate_limiter import Grant, Granted, RateLimiter, RequestLimiter
from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model import rules
from ac_desktop.model.address import parse_address
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.rate_limits import ClaimFence, ClaimKind
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Cause
from ac_desktop.practice.faults import Faults, OverLimit
from ac_desktop.relay.request_runner import (
    MOST_LOGGED,
    RelayStoppedError,
    RequestContext,
    RequestRunner,
    StepName,
)
from tests.harness import Harness
from tests.unpaced import UnpacedLedger

PEOPLE = [ContactPayload(f"d{number}@example.org") for number in range(10)]
YEAR = 365 * 86_400.0
BUSY = Faults(always_busy=True, over_limit=OverLimit.RETRY_30)


def _rate_limiter(harness: Harness) -> RateLimiter:
    return RateLimiter(UnpacedLedger(), harness.clock.now, harness.clock.sleep, harness.clock.steady)


def _runner(
    harness: Harness,
    *,
    stopping: Callable[[], bool] = lambda: False,
    renew: Callable[[float], bool] = lambda _: True,
    busy_waited: float = 0.0,
    rate_limiter: RateLimiter | None = None,
    sender: Sender | None = None,
) -> RequestRunner:
    connection = harness.connect()
    context = RequestContext(
        sender=sender or Client(connection.settings.address, harness.server.key),
        rate_limiter=rate_limiter or _rate_limiter(harness),
        clock=harness.clock,
        redactor=harness.redactor,
        stopping=stopping,
    )
    return RequestRunner(connection, context, renew=renew, busy_waited=busy_waited)


def test_a_bulk_request_that_waits_for_its_line_too_long_is_a_passing_failure(harness: Harness) -> None:
    began = harness.clock.now()
    harness.account.faults = BUSY
    refused = _runner(harness).ask(StepName.BULK, bulk.import_contacts(PEOPLE, "1"))
    assert isinstance(refused, Refused)
    assert (refused.cause, refused.reason.code) == (Cause.PASSING, ReasonCode.BUSY_TOO_LONG)
    assert harness.clock.now() - began >= rules.BUSY_LIMIT


def test_who_has_waited_enough_before_asking_gives_back_and_counts_nothing(harness: Harness) -> None:
    rate_limiter = _rate_limiter(harness)
    runner = _runner(harness, busy_waited=rules.BUSY_LIMIT, rate_limiter=rate_limiter)
    rate_limiter.record_busy(parse_address(harness.server.url).account, 30.0, harness.clock.now())
    with pytest.raises(RelayStoppedError):
        runner.ask(StepName.CONTACT, requests.sync_contact(PEOPLE[0]))
    assert not harness.account.requests()


def test_a_wait_ends_when_the_relay_stops(harness: Harness) -> None:
    began = harness.clock.now()
    runner = _runner(harness, stopping=lambda: harness.clock.now() >= began + 5)
    with pytest.raises(RelayStoppedError):
        runner.sleep(60)
    assert harness.clock.now() == began + 5


def test_a_nap_keeps_the_lease_and_ends_where_the_claim_is_lost(harness: Harness) -> None:
    renewed: list[float] = []

    def renew(now: float) -> bool:
        renewed.append(now)
        return len(renewed) < 2

    began = harness.clock.now()
    with pytest.raises(RelayStoppedError):
        _runner(harness, renew=renew).sleep(10 * rules.LEASE_RENEWAL)
    assert [at - began for at in renewed] == pytest.approx([rules.LEASE_RENEWAL, 2 * rules.LEASE_RENEWAL], abs=2)


@pytest.mark.parametrize("jump", [YEAR, -YEAR])
def test_a_nap_is_as_long_as_it_was_to_be_and_keeps_the_lease_though_the_clock_is_set(
    harness: Harness, jump: float
) -> None:
    renewed: list[float] = []
    looks = itertools.count(1)

    def stopping() -> bool:
        look = next(looks)
        if look == 5:
            harness.clock.advance(jump)
        return look > 1_000

    def renew(now: float) -> bool:
        renewed.append(now)
        return True

    began = harness.clock.now()
    _runner(harness, stopping=stopping, renew=renew).sleep(3 * rules.LEASE_RENEWAL)

    assert harness.clock.now() - began == pytest.approx(jump + 3 * rules.LEASE_RENEWAL)
    assert len(renewed) >= 3, "whoever looks at the lease sees that we live"


def test_nothing_is_sent_once_the_relay_stops(harness: Harness) -> None:
    with pytest.raises(RelayStoppedError):
        _runner(harness, stopping=lambda: True).ask(StepName.BULK, bulk.import_contacts(PEOPLE, "1"))
    assert not harness.account.requests()


def test_an_answer_is_kept_with_the_headers_that_mean_something(harness: Harness) -> None:
    runner = _runner(harness)
    reply = runner.ask(StepName.CONTACT, requests.sync_contact(PEOPLE[0]))
    assert isinstance(reply, Response)
    (step,) = runner.steps
    assert (step.step, step.method, step.status) == ("contact", "POST", 201)
    assert "content-type" in dict(step.headers)
    assert "date" in reply.headers
    assert "date" not in dict(step.headers)


class Busy:
    """An account that is busy for ever, asks for short waits, and answers at length."""

    def __init__(self) -> None:
        self.asked = 0

    def send(self, request: Request) -> Reply:  # noqa: ARG002  whatever is asked
        self.asked += 1
        return Response(status=429, headers={"retry-after": "0.001"}, body=b"x" * 100_000)

    def close_thread(self) -> None:
        """Holds nothing."""


@pytest.mark.parametrize("in_bulk", [False, True])
def test_an_account_that_is_busy_for_a_moment_without_end_is_given_up(harness: Harness, *, in_bulk: bool) -> None:
    account = Busy()
    runner = _runner(harness, sender=account)
    asked = bulk.import_contacts(PEOPLE, "1") if in_bulk else requests.users_me()
    refused = runner.ask(StepName.BULK if in_bulk else StepName.CONTACT, asked)

    assert isinstance(refused, Refused)
    assert (refused.cause, refused.reason.code) == (Cause.PASSING, ReasonCode.BUSY_TOO_LONG)
    assert account.asked <= rules.BUSY_LIMIT / rules.BUSY_DEFAULT + 1
    assert sum(len(step.response) for step in runner.steps) == MOST_LOGGED
    assert all(step.cut for step in runner.steps)


class Lost(RequestLimiter):
    """An office's limiter that finds the claim lost."""

    def __init__(self, harness: Harness) -> None:
        super().__init__(UnpacedLedger(), harness.clock.now, harness.clock.sleep, harness.clock.steady)
        self.fences: list[ClaimFence | None] = []

    def acquire(
        self,
        account: str,  # noqa: ARG002  whatever is asked
        per_second: float,  # noqa: ARG002
        *,
        stopping: Callable[[], bool],  # noqa: ARG002
        busy_budget: float = rules.BUSY_LIMIT,  # noqa: ARG002
        on_wait: Callable[[], None] | None = None,  # noqa: ARG002
        fence: ClaimFence | None = None,
    ) -> Granted:
        self.fences.append(fence)
        return Granted(Grant.LOST, 0.0)

    def has_expired(self, granted: Granted, forfeited: int) -> bool:  # noqa: ARG002
        return False


def test_an_attempt_whose_claim_is_lost_by_the_time_of_its_request_ends_without_it(harness: Harness) -> None:
    connection, limiter = harness.connect(), Lost(harness)
    fence = ClaimFence(ClaimKind.RECORD, 7, 1234)
    context = RequestContext(
        sender=Client(connection.settings.address, harness.server.key),
        rate_limiter=limiter,
        clock=harness.clock,
        redactor=harness.redactor,
        stopping=lambda: False,
    )
    runner = RequestRunner(connection, context, fence=fence)
    with pytest.raises(RelayStoppedError):
        runner.ask(StepName.CONTACT, requests.sync_contact(PEOPLE[0]))

    assert limiter.fences == [fence]
    assert not runner.has_sent
    assert not harness.account.requests()
