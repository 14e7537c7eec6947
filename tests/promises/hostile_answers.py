"""Answers that are as large, deep, odd or misleading as an account can make them, and everyone who reads answers."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Final

from ac_desktop.activecampaign import bulk, list_members, requests, responses
from ac_desktop.activecampaign.client import LARGEST_BODY
from ac_desktop.activecampaign.memberships import MembershipReader
from ac_desktop.activecampaign.rate_limiter import RateLimiter
from ac_desktop.activecampaign.rate_meter import RateMeter
from ac_desktop.activecampaign.requests import Reply, Request, Response
from ac_desktop.model.address import parse_address
from ac_desktop.model.connection import CircuitState, Connection, ConnectionSettings
from ac_desktop.model.redact import Redactor
from ac_desktop.relay.account_check import AccountCheck, CheckError
from ac_desktop.relay.request_runner import RelayStoppedError, RequestContext, RequestRunner, StepName
from tests.at_length import some
from tests.clock import VirtualClock
from tests.unpaced import UnpacedLedger

MOST_PROCESSOR: Final = 0.2
"""Seconds of processor that any reader may take for an answer of the largest size."""
_MOST_READINGS: Final = 5
STATUSES: Final = (200, 404, 422)
EMAIL: Final = "annie@example.org"
ADDRESSES: Final = tuple(f"donor{number}@example.org" for number in range(250))
ADDRESS: Final = parse_address("http://127.0.0.1:8080")
KEY: Final = "made-up-key-of-a-test"
_DEPTH: Final = 900


def _filled(before: str, repeated: str, after: str = "") -> bytes:
    """Repeat a text until the body is as large as the client allows."""
    room = LARGEST_BODY - len(before.encode()) - len(after.encode())
    return (before + repeated * (room // len(repeated.encode())) + after).encode()


def _reasons(text: str, count: int) -> bytes:
    each = f'{{"contact":1,"failureReason":"{text}"}}'
    return ('{"failureReasons":[' + ",".join([each] * count) + "]}").encode()


@cache
def bodies() -> Mapping[str, bytes]:
    """Return the bodies by what is odd about them; together they are 150 MB, so whoever runs other tests has none."""
    return MappingProxyType({
        "one long reason": _reasons("a" * 3_900_000, 1),
        "40 reasons of 100 KB": _reasons("a" * 100_000, 40),
        "250 reasons of 16 KB": _reasons("a.b-" * 4_000, 250),
        "a reason of addresses": _reasons("a@b.c " * 600_000, 1),
        "a reason of signs": _reasons("@" * 3_900_000, 1),
        "many reasons": _filled('{"failureReasons":[', "{},", "{}]}"),
        "many errors": _filled('{"errors":[', '{"title":"a"},', "{}]}"),
        "a long title": _filled('{"errors":[{"title":"', "\\u0000a", '"}]}'),
        "a long message": _filled('{"message":"', "rate limi", '"}'),
        "a long model": _filled('{"message":"No Result found for ', "_List", '"}'),
        "a long number": _filled('{"message":"No Result found for _List with id ', "7", '"}'),
        "memberships": _filled('{"contactLists":[', '{"list":1,"status":1},', "{}]}"),
        "contacts": _filled('{"contacts":[', '{"email":"a"},', "{}]}"),
        "lists": _filled('{"lists":[', '{"id":1},', "{}]}"),
        "a long address": _filled('{"contact":{"id":1,"email":"', "a", '"}}'),
        "a long batch number": _filled('{"batchId":"', "7", '"}'),
        "many failures": _filled('{"status":"completed","failure":[', '"a",', '""]}'),
        "digits": _filled('{"contact":{"id":', "9", "}}"),
        "many digits": _filled('{"contactLists":[', "9" * 4_299 + ",", "1]}"),
        "many numbers": _filled('{"lists":[', "1,", "1]}"),
        "escapes": _filled('{"message":"', "\\n", '"}'),
        "halves of a sign": _filled('{"message":"', "\\ud800", '"}'),
        "deep lists": b'{"contact":' + b"[" * _DEPTH + b"]" * _DEPTH + b"}",
        "deep number": b'{"contact":{"id":' + b"[" * _DEPTH + b"]" * _DEPTH + b'},"status":[[[[[[[[[]]]]]]]]]}',
        "deeper than can be read": _filled("", "["),
        "deep objects": _filled("", '{"a":'),
        "white space": _filled('{"contact":{}', " ", "}"),
        "nothing but white space": _filled("", " "),
        "no text": b"\xff" * LARGEST_BODY,
        "tags": _filled("", "<"),
        "titles that never begin": _filled("", "<title"),
        "titles that never end": _filled("", "<title>"),
        "tokens that never end": _filled('"token":"', '\\"'),
        "tokens": _filled("", '"token" '),
        "cookies": _filled("", "cookie "),
        "cookies without end": _filled("cookie", " "),
        "web addresses": _filled("", "http://"),
        "a user's name": _filled("http://", "a"),
        "authorizations": _filled("", "authorization:'"),
    })  # fmt: skip


HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    dict.fromkeys(("ratelimit-limit", "ratelimit-remaining", "retry-after", "x-request-id"), "9" * 60000)
    | {"content-type": "text/html" + " " * 60_000, "location": "http://" * 9_000, "cf-ray": "cookie " * 9_000}
)


class OneAnswer:
    """A sender that has one answer to everything."""

    def __init__(self, answer: Response) -> None:
        self._answer = answer

    def send(self, request: Request) -> Reply:  # noqa: ARG002  whatever is asked
        return self._answer

    def close_thread(self) -> None:
        """Holds nothing."""


def _ask(answer: Response) -> None:
    """Ask within an attempt: the answer is kept in the log and read by the meter. A busy one ends it at once."""
    clock = VirtualClock()
    asked: list[float] = []

    def stopping() -> bool:
        asked.append(clock.now())
        return len(asked) > 1

    context = RequestContext(
        sender=OneAnswer(answer),
        rate_limiter=RateLimiter(UnpacedLedger(), clock.now, clock.sleep, clock.steady),
        clock=clock,
        redactor=Redactor(),
        stopping=stopping,
    )
    settings = ConnectionSettings(name="Spring", address=ADDRESS, list_id="1")
    connection = Connection(id=1, settings=settings, circuit=CircuitState())
    try:
        RequestRunner(connection, context, renew=lambda _: True).ask(StepName.RESULT, requests.users_me())
    except RelayStoppedError:
        return


def _check(ask: Callable[[AccountCheck], object]) -> Callable[[Response], object]:
    """Ask about an account; whatever is wrong with the answer is reported as such."""

    def read(answer: Response) -> object:
        clock = VirtualClock()
        pace = RateLimiter(UnpacedLedger(), clock.now, clock.sleep, clock.steady)
        try:
            return ask(AccountCheck(pace, clock, lambda *_: OneAnswer(answer)))
        except CheckError as error:
            return error.reason

    return read


READERS: Final[Mapping[str, Callable[[Response], object]]] = MappingProxyType({
    "busy": lambda answer: responses.read_busy(answer, 0.0),
    "wait": lambda answer: responses.retry_after(answer, 0.0),
    "contact": lambda answer: responses.read_contact(answer, email=EMAIL),
    "look": lambda answer: responses.read_found(answer, email=EMAIL),
    "list": lambda answer: responses.read_list(answer, list_id="1", contact_id="1"),
    "memberships": lambda answer: MembershipReader(contact_id="1", list_id="1").add_page(answer),
    "detail": responses.detail,
    "bulk busy": bulk.read_busy,
    "bulk": lambda answer: bulk.read_taken(answer, ADDRESSES),
    "result": lambda answer: bulk.read_result(answer, ADDRESSES),
    "members": lambda answer: list_members.read_members(answer, list_id="1", after=0),
    "meter": lambda answer: RateMeter(lambda: 0.0).record_limit("1", answer.headers),
    "attempt": _ask,
    "owner": _check(lambda check: check.owner(ADDRESS, KEY)),
    "lists": _check(lambda check: check.lists(ADDRESS, KEY)),
    "one list": _check(lambda check: check.list_named(ADDRESS, KEY, "1")),
})  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What one reader took for one answer."""

    reader: str
    body: str
    status: int
    seconds: float


def readings(name: str) -> Iterator[Reading]:
    """Read every body with one reader; return the least processor time that each took.

    Every body comes with every status at length; in the test line with one of them, another for the next reader.
    """
    turn = list(READERS).index(name)
    for place, (title, body) in enumerate(bodies().items(), turn):
        first = place % len(STATUSES)
        for status in (*STATUSES[first:], *STATUSES[:first])[: some(len(STATUSES), 1)]:
            answer = Response(status=status, headers=HEADERS, body=body)
            yield Reading(name, title, status, _least_seconds(partial(READERS[name], answer)))


def _least_seconds(read: Callable[[], object]) -> float:
    """Return the least processor time of a few readings, in seconds: others on a busy computer only add to it."""
    least = math.inf
    for _ in range(_MOST_READINGS):
        began = time.process_time()
        read()
        least = min(least, time.process_time() - began)
        if least <= MOST_PROCESSOR:
            break
    return least
