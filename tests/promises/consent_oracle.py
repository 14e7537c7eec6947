"""Whether a list call may leave, decided on the account's side by what was truly answered in the same attempt.

This shares no line with the program: it knows which rows there were, and reads answers by arithmetic.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

GOOD_FOR: Final = 60.0
_PATH = re.compile(r"/contacts/(\d+)/contactLists\?limit=100(?:&offset=(\d+))?")


@dataclass(frozen=True)
class Asked:
    """A request and its answer; `truth` are the numbers of the rows that the contact truly had then."""

    number: int
    at: float
    method: str
    path: str
    status: int
    body: bytes
    truth: frozenset[int]


@dataclass
class Attempt:
    """All that one attempt for an address has asked, and the answers."""

    email: str
    asked: list[Asked] = field(default_factory=list)


def why_forbidden(attempt: Attempt, contact: int, list_id: int, now: float, left_at: int | None) -> str:
    """Return why a list call for a contact must not have left; "" where it may.

    `left_at` is the request before which the contact left the list.
    """
    pages = list(_latest_pages(attempt.asked, contact))
    if not pages:
        created = [one for one in attempt.asked if one.path == "/contact/sync"][-1:]
        if created and created[0].status == 201 and _names(created[0].body, contact, attempt.email):
            return _late_or_left("created", created, now, left_at)
        return f"contact {contact} was neither created nor asked about in this attempt"
    rows = [row for page in pages for row in json.loads(page.body)["contactLists"]]
    expected = {_number(row.get("id")) for row in rows if isinstance(row, dict)}
    unseen = (pages[0].truth & pages[-1].truth) - expected
    if unseen:
        return f"{len(unseen)} rows of contact {contact} were never read"
    doubtful = [row for row in rows if not _speaks_of_others(row, list_id)]
    if doubtful:
        return f"a row could be about list {list_id}: {doubtful[0]}"
    return _late_or_left("asked", pages, now, left_at)


def _late_or_left(what: str, evidence: Sequence[Asked], now: float, left_at: int | None) -> str:
    if not 0 <= now - evidence[-1].at <= GOOD_FOR:
        return f"{what} {now - evidence[-1].at:.0f} s ago"
    if left_at is not None and left_at <= evidence[0].number:
        return f"{what}, but they had left before"
    return ""


def _latest_pages(asked: Iterable[Asked], contact: int) -> Iterator[Asked]:
    """Return the latest run of pages about a contact, from its first page on."""
    pages: list[Asked] = []
    for one in asked:
        match = _PATH.fullmatch(one.path)
        if match and int(match[1]) == contact and one.status == 200:
            pages = [one] if not int(match[2] or 0) else [*pages, one]
        elif one.path == "/contact/sync":
            pages = []
    yield from pages


def _names(body: bytes, contact: int, email: str) -> bool:
    report = json.loads(body).get("contact")
    return isinstance(report, dict) and report.get("email") == email and _number(report.get("id")) == contact


def _speaks_of_others(row: object, list_id: int) -> bool:
    """Whether a row is about another list beyond doubt."""
    listed = _number(row.get("list")) if isinstance(row, dict) else None
    return listed is not None and listed > 0 and listed != list_id


def _number(value: object) -> int | None:
    """Read a number, or that of the record itself."""
    if isinstance(value, dict):
        value = value.get("id")
    if isinstance(value, bool | list | dict) or value is None:
        return None
    with suppress(InvalidOperation, ValueError, OverflowError):
        reported = Decimal(str(value).strip())
        if reported == int(reported):
            return int(reported)
    return None
