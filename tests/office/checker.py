"""What must be true of an office afterwards, told by the account's record and plain rows, with no rule of ours.

Each function returns sentences about what is broken; none means that the promise holds.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import pairwise
from typing import Any, Final

from tests.office.account import STEPS, Request

FAILURES: Final = 5
MOST_IN_FLIGHT: Final = 4
PER_SECOND: Final = 5
STATES: Final = frozenset({"waiting", "sending", "sent", "held", "skipped", "failed"})
FENCE: Final = 1.5
"""Seconds from the server's last word to a request: a slot lies at most one ahead, and a late one is given up."""
LATE: Final = 2.0
"""Seconds for which a request that was sent may be on its way to a busy account."""
_SHOWN: Final = 5


def kept(imported: Collection[str], rows: Iterable[Mapping[str, Any]], tally: Mapping[str, int]) -> list[str]:
    """Every imported donor is there once, in one of the states, and the sums agree."""
    found = list(rows)
    times = Counter(row["email"] for row in found)
    broken = _some("lost", [email for email in imported if not times[email]])
    broken += _some("there more than once", [email for email, number in times.items() if number > 1])
    broken += _some("in no state", [row["email"] for row in found if row["state"] not in STATES])
    counted = Counter(row["state"] for row in found)
    if counted != Counter({state: number for state, number in tally.items() if number}):
        broken.append(f"the sums say {dict(tally)}, the records {dict(counted)}")
    return broken


def sent_is_true(rows: Iterable[Mapping[str, Any]], members: Collection[str]) -> list[str]:
    """Who is sent is on the account's list, and nobody else is."""
    sent = {row["email"] for row in rows if row["state"] == "sent"}
    return _some("sent, but not on the list", sent - set(members)) + _some(
        "on the list, but not sent", set(members) - sent
    )


@dataclass(frozen=True)
class Kill:
    """A workstation that was killed: whose relay was on its way, by the office's own rows, when it had ended.

    `newest` are whom it had asked for last, four at most: others can have given up its claims before anybody looked.
    """

    who: str
    at: float
    in_flight: frozenset[str]
    newest: frozenset[str] = frozenset()


def sent_once(requests: Iterable[Request], kills: Sequence[Kill]) -> list[str]:
    """The account took no step of a donor twice, but of those that a killed workstation had on its way: at most 4."""
    by_step = defaultdict(list)
    for request in requests:
        if request.what in STEPS and request.is_taken:
            by_step[request.email, request.what].append(request)
    broken = [
        f"a kill found {len(kill.in_flight)} on their way" for kill in kills if len(kill.in_flight) > MOST_IN_FLIGHT
    ]
    for (email, step), taken in by_step.items():
        for before, again in pairwise(taken):
            if not any(_was_on_its_way(before, kill) and kill.at <= again.at for kill in kills):
                broken.append(f"{email} was asked for twice ({step}), {_told(before, again, kills)}")
    return broken


def _told(before: Request, again: Request, kills: Sequence[Kill]) -> str:
    """Return whose two requests they are, how far apart, and how far from the nearest kill."""
    since = min((before.at - kill.at for kill in kills), key=abs, default=float("inf"))
    later = f"{again.at - before.at:.1f} s later by {again.who or 'nobody'}"
    return f"by {before.who or 'nobody'} and {later}, without a kill; the nearest was {since:+.1f} s off"


def _was_on_its_way(request: Request, kill: Kill) -> bool:
    """Whether a request may be one that a kill overtook; one that is read when its process is gone is nobody's.

    It may have arrived before the kill: a busy account reads it later.
    """
    is_late = not request.who and 0.0 <= request.at - kill.at <= LATE
    may_be_its = request.who in {kill.who, ""}
    is_newest = may_be_its and request.email in kill.newest and kill.at - request.at <= LATE
    return is_late or ((is_newest or request.email in kill.in_flight) and request.at <= kill.at)


def times_asked_again(requests: Iterable[Request]) -> int:
    """Return how many steps the account took a further time."""
    taken = Counter((request.email, request.what) for request in requests if request.what in STEPS and request.is_taken)
    return sum(number - 1 for number in taken.values())


def five_and_no_sixth(requests: Iterable[Request]) -> list[str]:
    """Exactly five attempts failed."""
    failed = [request for request in requests if request.is_attempt and not request.is_taken]
    return [] if len(failed) == FAILURES else [f"{len(failed)} attempts failed"]


def in_flight_allowed(requests: Iterable[Request]) -> list[str]:
    """Never more attempts in flight than max(1, 4 - failures in a row), for a round in which all are refused."""
    over = [one for one in requests if one.is_attempt and one.open_then > max(1, MOST_IN_FLIGHT - one.refused_before)]
    return [f"{one.open_then} in flight after {one.refused_before} failures" for one in over[:_SHOWN]]


def most_in_a_second(requests: Iterable[Request]) -> int:
    """Return the most requests that arrived in any one second."""
    return len(_busiest(requests))


def busiest_second(requests: Iterable[Request]) -> str:
    """Return what arrived in the second with the most requests: of whom, and how many milliseconds after the first."""
    busiest = _busiest(requests)
    return ", ".join(f"{one.who or 'nobody'} {one.what} {(one.at - busiest[0].at) * 1000:.0f}" for one in busiest)


def _busiest(requests: Iterable[Request]) -> list[Request]:
    ordered = sorted(requests, key=lambda request: request.at)
    times = [request.at for request in ordered]
    spans = (ordered[bisect_right(times, at - 1.0) : number + 1] for number, at in enumerate(times))
    return max(spans, key=len, default=[])


def shortest_span(requests: Iterable[Request], number: int = PER_SECOND + 1) -> float:
    """Return the shortest time in which this many requests arrived; infinite where there were fewer."""
    times = sorted(request.at for request in requests)
    return min((last - first for first, last in zip(times, times[number - 1 :], strict=False)), default=float("inf"))


def budget_kept(requests: Sequence[Request]) -> list[str]:
    """No six requests in any second, and none answered by 429."""
    most = most_in_a_second(requests)
    busy = sum(request.status == HTTPStatus.TOO_MANY_REQUESTS for request in requests)
    broken = [f"{most} requests in one second"] if most > PER_SECOND else []
    return [*broken, *([f"{busy} answers of 429"] if busy else [])]


def budget_used(requests: Sequence[Request], per_second: float = PER_SECOND) -> float:
    """Return the part of the allowed requests that were made."""
    if len(requests) < 2:
        return 0.0
    times = sorted(request.at for request in requests)
    return (len(times) - 1) / (times[-1] - times[0]) / per_second


def fenced(requests: Iterable[Request], answers: Mapping[str, Sequence[float]]) -> list[str]:
    """No workstation asked the account anything unless the server had just answered it.

    `answers` are the times at which the server's words left for each workstation.
    """
    broken = []
    for request in requests:
        if not request.who or not request.is_attempt:
            continue
        heard = answers.get(request.who, ())
        place = bisect_left(heard, request.at)
        since = request.at - heard[place - 1] if place else float("inf")
        if since > FENCE:
            broken.append(f"{request.who} asked {request.what} {since:.1f} s after the server's last word")
    return broken


def _some(what: str, emails: Iterable[str]) -> list[str]:
    found = sorted(emails)
    return [f"{len(found)} {what}: {', '.join(found[:_SHOWN])}"] if found else []
