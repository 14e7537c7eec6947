"""What must be true whatever happened, told by the account's own record, the files and plain rows: no rule of ours.

Each function returns sentences about what is broken; none means that the promise holds.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Final

from tests.nemesis.record import Batch, Change, Evidence, Given, Kept, ListCall, Row
from tests.office.account import Request

ACTIVE: Final = 1
OPTED_OUT: Final = frozenset({0, 2, 3})
FAILURES: Final = 5
IN_FLIGHT: Final = 4
PER_SECOND: Final = 5
SUCCESSES: Final = frozenset({"sent", "taken"})
STATES: Final = frozenset({"waiting", "sending", "sent", "held", "skipped", "failed"})
ON_THEIR_WAY: Final = 0.2
"""Seconds by which a busy computer may deliver the first of some requests later than the last."""
GOOD_FOR: Final = 90.0
"""Seconds for which an answer about somebody may be acted upon, a stop of the process included."""
_SHOWN: Final = 5


def accounted(given: Given, kept: Kept, kinds: Collection[str] = ("file", "watched", "watch", "folder")) -> list[str]:
    """Each row of each file that was given is there once, in one of the states; nothing else is."""
    rows = defaultdict(list)
    for row in kept.rows:
        rows[row.batch].append(row)
    whole = [batch for batch in kept.batches.values() if not batch.is_loading]
    taken = {batch.sha256 for batch in whole}
    broken = _some("files whose rows are lost", (given.files[sha].name for sha in given.must - taken))
    for batch in whole:
        if batch.kind not in kinds:
            continue
        broken += _accounted(given, batch, rows[batch.id])
    broken += _some("rows in no state", (row.email for row in kept.rows if row.state not in STATES))
    people = {row.email for row in kept.rows}
    broken += _some("typed donors lost", given.typed - people)
    return broken + _some("donations lost", given.donations - {row.donation for row in kept.rows})


def _accounted(given: Given, batch: Batch, rows: Sequence[Row]) -> list[str]:
    file = given.files.get(batch.sha256)
    if file is None:
        return [f"batch {batch.id} has a content that nobody gave"]
    broken = []
    if len(rows) != file.rows or len({row.row for row in rows}) != file.rows:
        places = len({row.row for row in rows})
        broken.append(f"{file.name} has {file.rows} rows, its batch {len(rows)} of {places} places")
    lost = file.emails - Counter(row.email for row in rows)
    return broken + _some(f"people of {file.name} lost", lost)


def not_doubled(given: Given, kept: Kept) -> list[str]:
    """No row, however often its file was given, is relayed as two records; nor is a typed donor or a donation."""
    relayed = [row for row in kept.rows if row.state != "skipped"]
    files = {batch.id for batch in kept.batches.values() if batch.sha256 in given.files}
    cells = Counter((row.email, row.cells) for row in relayed if row.batch in files)
    typed = Counter(row.email for row in relayed if row.email in given.typed and row.batch not in files)
    donations = Counter(row.donation for row in relayed if row.donation in given.donations)
    return (
        _some("rows doubled", (email for (email, _), number in cells.items() if number > 1))
        + _some("typed donors doubled", (email for email, number in typed.items() if number > 1))
        + _some("donations doubled", (one for one, number in donations.items() if number > 1))
    )


def sums_agree(kept: Kept) -> list[str]:
    """The sums that people are shown are those of the records."""
    counted = Counter((row.batch, row.state) for row in kept.rows)
    told = Counter({key: number for key, number in kept.tally.items() if number})
    wrong = {key: (told[key], counted[key]) for key in counted | told if told[key] != counted[key]}
    return [f"the sums of {len(wrong)} batches are wrong, such as {next(iter(wrong.items()))}"] if wrong else []


def sent_is_true(rows: Iterable[Row], changes: Sequence[Change], statuses: Mapping[str, int]) -> list[str]:
    """Who is called sent was on the list, and left it only by an own deed; who was put there by us is called sent."""
    found = list(rows)
    sent = {row.email for row in found if row.state == "sent"}
    came = {change.email for change in changes if change.after == ACTIVE}
    last = {change.email: change for change in changes}
    gone = {one for one in sent & came if statuses.get(one, ACTIVE) != ACTIVE and last[one].number}
    ours = {one for one, status in statuses.items() if status == ACTIVE and one in last and last[one].number}
    known = {row.email for row in found}
    return (
        _some("sent, but never on the list", sent - came)
        + _some("sent, and taken off the list by a request", gone)
        + _some("on the list, but not sent", ours & known - sent)
        + _some("on the list, and given by nobody", ours - known)
    )


def consent_kept(
    calls: Iterable[ListCall],
    evidence: Iterable[Evidence],
    changes: Sequence[Change],
    ends: Mapping[str, Sequence[float]],
) -> list[str]:
    """No list call leaves unless the same process had a true answer about this person, and none undoes an opt-out.

    An answer counts for `GOOD_FOR` seconds, and not beyond the end of its process (`ends`). Somebody who leaves after
    it cannot be known to have left.
    """
    by_person = defaultdict(list)
    for one in evidence:
        by_person[one.who, one.contact or one.email].append(one.at)
    left = {(change.number, change.contact): change for change in changes if change.number and not change.is_bulk}
    broken = []
    for call in calls:
        if not (call.who and call.email):
            # Its process is gone meanwhile, or the contact is.
            continue
        asked = sorted([*by_person[call.who, call.contact], *by_person[call.who, call.email]])
        began = _newest(ends.get(call.who, ()), call.at)
        place = bisect_right(asked, call.at)
        basis = asked[place - 1] if place else float("-inf")
        if basis < max(began, call.at - GOOD_FOR):
            broken.append(f"{call.who} put {call.email} onto the list without asking (request {call.number})")
        change = left.get((call.number, call.contact))
        if change is not None and change.after == ACTIVE and change.before in OPTED_OUT:
            went = _left_at(changes, call.contact, call.at)
            if went <= basis:
                broken.append(f"{call.email} had opted out, said so, and was put back (request {call.number})")
    return broken + [
        f"{change.email} had opted out, and a bulk import put them back"
        for change in changes
        if change.is_bulk and change.after == ACTIVE and change.before in OPTED_OUT
    ]


def opt_outs_overtaken(changes: Iterable[Change]) -> int:
    """Return how many people left between the answer about them and the call, which nobody can know."""
    return sum(
        bool(change.number) and not change.is_bulk and change.after == ACTIVE and change.before in OPTED_OUT
        for change in changes
    )


def _left_at(changes: Iterable[Change], contact: str, before: float) -> float:
    own = [one.at for one in changes if one.contact == contact and not one.number and one.at < before]
    return own[-1] if own else float("-inf")


def _newest(times: Sequence[float], before: float) -> float:
    place = bisect_left(times, before)
    return times[place - 1] if place else float("-inf")


def never_six(kept: Kept) -> list[str]:
    """By the program's own log: never more than five attempts in a row failed, and none was begun after that."""
    broken, run, newest = [], Counter[int](), defaultdict[int, int](int)
    for attempt in kept.attempts:
        of = attempt.connection
        anew = any(of == one and newest[of] <= after < attempt.id for one, after in kept.reactivated)
        if anew or attempt.outcome in SUCCESSES:
            run[of] = 0
        run[of] += attempt.is_failed
        newest[of] = attempt.id
        if run[of] > FAILURES or attempt.streak > FAILURES:
            broken.append(f"attempt {attempt.id} is failure {run[of]} in a row, and counts {attempt.streak}")
    return broken[:_SHOWN]


def longest_row(requests: Iterable[Request], starts_anew: Sequence[float], unkept: Sequence[float]) -> list[str]:
    """By the account's record: never more than five failures in a row, but for those that nobody could keep.

    `starts_anew` are the moments at which a person began to reactivate a connection, `unkept` those of a kill or of a
    disk without room: each of them may leave what was in flight uncounted.
    """
    ended = sorted(
        (one for one in requests if one.ended is not None and one.is_attempt), key=lambda one: one.ended or 0
    )
    broken, failed = [], list[float]()
    for request in ended:
        at = request.ended or 0.0
        if failed and _newest(starts_anew, at) > failed[-1]:
            failed = []
        if request.is_taken and request.what.endswith("contactLists"):
            failed = []
        elif _is_failure(request):
            failed.append(at)
            lost = IN_FLIGHT * len([one for one in unkept if failed[0] - GOOD_FOR < one < at])
            if len(failed) > FAILURES + lost:
                broken.append(f"request {request.number} is failure {len(failed)} in a row, {lost} of them not kept")
    return broken[:_SHOWN]


def _is_failure(request: Request) -> bool:
    busy_or_gone = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE}
    return request.status >= HTTPStatus.BAD_REQUEST and request.status not in busy_or_gone


def pace_kept(requests: Iterable[Request], resumed: Sequence[float]) -> list[str]:
    """No more than five requests are sent in any second, except where a process that was stopped had just gone on.

    What was sent in time may arrive late on a busy computer: six may have `ON_THEIR_WAY` less than their second.
    """
    times = sorted(one.at for one in requests)
    broken = []
    for number, at in enumerate(times):
        first = bisect_right(times, at - 1.0 + ON_THEIR_WAY)
        if number - first + 1 > PER_SECOND and not any(at - 2.0 <= one <= at for one in resumed):
            broken.append(f"{number - first + 1} requests in the second before {at:.3f}")
    return broken[:_SHOWN]


def most_in_a_second(requests: Iterable[Request]) -> int:
    """Return the most requests that arrived in any one second."""
    times = sorted(one.at for one in requests)
    return max((number - bisect_right(times, at - 1.0) + 1 for number, at in enumerate(times)), default=0)


def _some(what: str, found: Iterable[str]) -> list[str]:
    names = sorted(found)
    return [f"{len(names)} {what}: {', '.join(names[:_SHOWN])}"] if names else []
