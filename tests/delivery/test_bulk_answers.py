"""What the answers about bulk imports mean, and how often imports are asked for."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ac_desktop.activecampaign import bulk
from ac_desktop.activecampaign.bulk import (
    ImportAborted,
    ImportFinished,
    ImportPending,
    ImportQueued,
    ImportRefusalUnclear,
)
from ac_desktop.activecampaign.rate_limiter import RateLimiter
from ac_desktop.activecampaign.requests import NoResponse, Response, TransportFailure
from ac_desktop.activecampaign.responses import Refused
from ac_desktop.model.payload import ContactPayload
from ac_desktop.model.states import Cause
from ac_desktop.store.engines.sqlite.rate_limit_store import SqliteRateLimitStore

_SENT = ["a@example.org", "o'hara@example.org"]


def _answer(body: object, status: int = 200) -> Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status=status, headers={"content-type": "application/json"}, body=raw)


@pytest.mark.parametrize("status", [False, "waiting", "claimed", "active", "", None, "something new"])
def test_a_result_that_is_not_there_yet_is_waited_for(status: object) -> None:
    assert bulk.read_result(_answer({"status": status, "success": [], "failure": []}), _SENT) == ImportPending()


@pytest.mark.parametrize("status", ["failed", "interrupted"])
def test_an_import_that_broke_off_is_reported(status: str) -> None:
    assert bulk.read_result(_answer({"status": status}), _SENT) == ImportAborted(status)


def test_a_completed_import_names_who_failed() -> None:
    expected = {"status": "completed", "success": ["1"], "failure": ["o'hara@example.org"]}
    assert bulk.read_result(_answer(expected), _SENT) == ImportFinished(("o'hara@example.org",))
    expected["failure"] = [" O'Hara@Example.org "]
    assert bulk.read_result(_answer(expected), _SENT) == ImportFinished(("o'hara@example.org",))
    assert bulk.read_result(_answer({"status": "completed"}), _SENT) == ImportFinished(())


@pytest.mark.parametrize(
    "odd",
    [
        None,
        1,
        "o'hara@example.org",
        {"o'hara@example.org": "bad"},
        [{"email": "o'hara@example.org"}],
        [0],
        ["<o'hara@example.org>"],
        ["o'hara@example.org", "stranger@example.org"],
        ["o'hara@example.org", None],
        ["o'hara@example.org"] * 4_000,
    ],
)
def test_a_completed_import_that_is_not_understood_names_nobody(odd: object) -> None:
    expected = {"status": "completed", "success": ["1"], "failure": odd}
    assert bulk.read_result(_answer(expected), _SENT) == ImportFinished(())


def test_a_result_that_the_account_does_not_find_is_asked_for_again() -> None:
    read = bulk.read_result(_answer({"message": "No Result found"}, 404), _SENT)
    assert isinstance(read, Refused)
    assert read.cause is Cause.PASSING


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        (_answer(b"", 403), Cause.ACCOUNT),
        (_answer(b"", 402), Cause.ACCOUNT),
        (_answer(b"<html></html>", 404), Cause.ACCOUNT),
        (_answer({"message": "Not here"}, 404), Cause.ACCOUNT),
        (_answer(b"<html></html>"), Cause.ACCOUNT),
        (_answer(b"", 500), Cause.PASSING),
        (_answer({}), Cause.PASSING),
        (_answer({"batchId": 7}), Cause.PASSING),
        (NoResponse(trouble=TransportFailure.LOST), Cause.PASSING),
    ],
)
def test_a_request_that_failed_has_a_cause(reply: Response | NoResponse, cause: Cause) -> None:
    read = bulk.read_taken(reply, ["a@example.org"])
    assert isinstance(read, Refused)
    assert read.cause is cause


@pytest.mark.parametrize("word", ["Success", "success"])
def test_a_request_that_was_taken_has_a_number(word: str) -> None:
    assert bulk.read_taken(_answer({word: 1, "batchId": "b-1"}), []) == ImportQueued("b-1")


@pytest.mark.parametrize("status", [400, 422, 413])
def test_a_refusal_that_names_nobody_is_unclear(status: int) -> None:
    expected = {"success": 0, "message": "The payload is odd.", "failureReasons": ["'contacts' is a required field."]}
    assert isinstance(bulk.read_taken(_answer(expected, status), ["a@example.org"]), ImportRefusalUnclear)


def test_its_rate_limit_is_busy_and_no_other_refusal_is() -> None:
    limited = {"success": 0, "message": "Rate limit exceeded.", "failureReasons": ["Up to 100 imports may be"]}
    busy = bulk.read_busy(_answer(limited, 400))
    assert busy is not None
    assert busy.retry_after == 60
    assert bulk.read_busy(_answer({"message": "JSON payload did not pass validation."}, 400)) is None
    assert bulk.read_busy(_answer(limited)) is None
    assert bulk.read_busy(NoResponse(trouble=TransportFailure.LOST)) is None


def test_no_address_goes_twice_and_too_few_are_none() -> None:
    people = [ContactPayload(f"d{number}@example.org") for number in range(20)]
    assert bulk.contacts_that_fit(people, "1") == list(range(20))
    assert bulk.contacts_that_fit([*people, people[3]], "1") == list(range(20))
    assert bulk.contacts_that_fit(people[:9], "1") == []
    assert len(bulk.contacts_that_fit([ContactPayload(f"d{n}@example.org") for n in range(300)], "1")) == 250


def test_no_minute_sees_more_than_100_imports_of_two_programs(tmp_path: Path) -> None:
    now = 1_000_000.0

    def nap(seconds: float) -> None:
        nonlocal now
        now += seconds

    stores = [SqliteRateLimitStore(tmp_path) for _ in range(2)]
    paces = [RateLimiter(store, lambda: now, nap, lambda: now) for store in stores]
    times = []
    for number in range(400):
        paces[number % 2].acquire(bulk.bulk_line("account"), bulk.A_MINUTE / 60, stopping=_never)
        times.append(now)
    for store in stores:
        store.close()
    most = max(sum(start <= at < start + 60 for at in times) for start in times)
    assert 96 <= most <= 100


_never: Callable[[], bool] = lambda: False  # noqa: E731
