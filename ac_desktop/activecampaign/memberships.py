"""How a contact stands on our list, from all pages of its memberships, or not at all (rule 8).

A row of another list is of no matter. A row that could be of our list and our contact and is not understood makes the
whole answer worthless: it may be the one that says that the person has left.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from ac_desktop.activecampaign.requests import LIST_PAGE, Reply
from ac_desktop.activecampaign.responses import ContactLost, ListStatus, Refusal, Refused, read_object
from ac_desktop.model.outside import LARGEST, number, record_number, text
from ac_desktop.model.payload import JsonObject
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import Cause

MOST_PAGES: Final = 50
UNASKED_PAGE: Final = 20
"""Rows of a page where `limit` is not understood (reference "Conventions"): a page of so many need not be the last."""
_DAY_LENGTH: Final = len("2026-01-01")
_WORST_FIRST: Final = (ListStatus.UNSUBSCRIBED, ListStatus.BOUNCED)


@dataclass(frozen=True)
class Membership:
    """How a contact stands on our list, and since when (ISO date, "" where it is not told)."""

    status: int
    since: str


@dataclass(frozen=True)
class Memberships:
    """Every row about our list, of all pages; merged contacts can have several."""

    entries: tuple[Membership, ...]

    @property
    def standing(self) -> Membership | None:
        """How the contact stands on the list, by the row that speaks most against it; None where it never was there."""
        return min(self.entries, key=_order, default=None)


def _order(entry: Membership) -> int:
    if entry.status in _WORST_FIRST:
        return _WORST_FIRST.index(entry.status)
    return len(_WORST_FIRST) + (entry.status == ListStatus.ACTIVE)


class MembershipReading:
    """Reads page after page; `offset` is where the next one begins."""

    def __init__(self, *, contact_id: str, list_id: str) -> None:
        self._contact = record_number(contact_id)
        self._list = record_number(list_id)
        self._entries: list[Membership] = []
        self._seen: set[tuple[str, int | None]] = set()
        self._pages = 0
        self._total: int | None = None
        self.offset = 0

    def take(self, reply: Reply) -> Memberships | Refusal | None:
        """Take the answer with the next page; returns None where there is another one to ask for."""
        body = read_object(reply, "contactLists")
        if isinstance(body, Refused | ContactLost):
            return body
        rows = body["contactLists"]
        if not isinstance(rows, list):
            return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
        self._pages += 1
        if not self._understand(rows) or not self._is_new(rows) or not self._is_same_total(body):
            return _unclear()
        self.offset += len(rows)
        if self._is_last(rows):
            return Memberships(tuple(self._entries))
        return _unclear() if self._pages >= MOST_PAGES else None

    def _is_new(self, rows: Sequence[JsonObject]) -> bool:
        """Whether no row came with an earlier page: else pages repeat themselves, or rows have moved meanwhile."""
        marks = {_mark(row) for row in rows}
        if marks & self._seen:
            return False
        self._seen |= marks
        return True

    def _understand(self, rows: Sequence[object]) -> bool:
        """Keep the rows about our list; returns False where one that could be about it is not understood."""
        for row in rows:
            listed = record_number(row.get("list")) if isinstance(row, dict) else None
            if listed is None or self._list is None or not isinstance(row, dict):
                return False
            if listed == self._list:
                status = self._status(row)
                if status is None:
                    return False
                self._entries.append(Membership(status, _since(row)))
        return True

    def _status(self, row: JsonObject) -> int | None:
        """Return the status of a row of our list; None where it may be of another contact.

        Merged contacts go by the number of the one that is left, so that such a row may well be of our person.
        """
        if "contact" in row and record_number(row["contact"]) != self._contact:
            return None
        return number(row.get("status"), least=-LARGEST)

    def _is_same_total(self, body: JsonObject) -> bool:
        """Whether the total, where one is told, stays as it is: else rows may have moved from page to page."""
        meta = body.get("meta")
        total = number(meta.get("total")) if isinstance(meta, dict) else None
        if total is None:
            return True
        is_same = self._total in (None, total)
        self._total = total
        return is_same

    def _is_last(self, rows: Sequence[object]) -> bool:
        """Whether no page follows; a total only ever says that there is more."""
        if not rows:
            return True
        is_short = len(rows) < LIST_PAGE and len(rows) != UNASKED_PAGE
        return is_short and (self._total is None or self._total <= self.offset)


def _mark(row: JsonObject) -> tuple[str, int | None]:
    """Return what a row is known by: its own number, else that of its list, as a contact has one row a list."""
    row_number = number(row.get("id"))
    return ("list", record_number(row.get("list"))) if row_number is None else ("row", row_number)


def _unclear() -> Refused:
    return Refused(Cause.PASSING, reason(ReasonCode.MEMBERSHIPS_UNCLEAR))


def _since(row: JsonObject) -> str:
    for name in ("udate", "updated_timestamp", "sdate"):
        day = text(row.get(name), _DAY_LENGTH)
        with suppress(ValueError):
            return date.fromisoformat(day).isoformat()
    return ""
