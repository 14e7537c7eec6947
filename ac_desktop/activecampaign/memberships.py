"""A contact's status on our list, from all pages of its memberships, or not at all (rule 8).

A row of another list does not matter. A row that could be of our list and our contact and is not understood makes the
whole response unusable: it may be the one that says that the person has left.
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
DEFAULT_PAGE: Final = 20
"""Rows of a page where `limit` is not understood (reference "Conventions"): a page of so many need not be the last."""
_DAY_LENGTH: Final = len("2026-01-01")
_WORST_FIRST: Final = (ListStatus.UNSUBSCRIBED, ListStatus.BOUNCED)


@dataclass(frozen=True)
class Membership:
    """A contact's status on our list, and since when (ISO date, "" where unknown)."""

    status: int
    since: str


@dataclass(frozen=True)
class Memberships:
    """Every row about our list, of all pages; merged contacts can have several."""

    entries: tuple[Membership, ...]

    @property
    def most_restrictive(self) -> Membership | None:
        """The contact's most restrictive membership of the list; None where it never was there."""
        return min(self.entries, key=_restrictiveness, default=None)


def _restrictiveness(entry: Membership) -> int:
    if entry.status in _WORST_FIRST:
        return _WORST_FIRST.index(entry.status)
    return len(_WORST_FIRST) + (entry.status == ListStatus.ACTIVE)


class MembershipReader:
    """Parses page after page; `offset` is where the next one begins."""

    def __init__(self, *, contact_id: str, list_id: str) -> None:
        self._contact = record_number(contact_id)
        self._list = record_number(list_id)
        self._entries: list[Membership] = []
        self._seen: set[tuple[str, int | None]] = set()
        self._pages = 0
        self._total: int | None = None
        self.offset = 0

    def add_page(self, reply: Reply) -> Memberships | Refusal | None:
        """Parse the next page; return None where another one has to be requested."""
        body = read_object(reply, "contactLists")
        if isinstance(body, Refused | ContactLost):
            return body
        rows = body["contactLists"]
        if not isinstance(rows, list):
            return Refused(Cause.PASSING, reason(ReasonCode.BROKEN_ANSWER))
        self._pages += 1
        if not self._add_rows(rows) or not self._is_new(rows) or not self._is_same_total(body):
            return _unclear()
        self.offset += len(rows)
        if self._is_last(rows):
            return Memberships(tuple(self._entries))
        return _unclear() if self._pages >= MOST_PAGES else None

    def _is_new(self, rows: Sequence[JsonObject]) -> bool:
        """Whether no row was on an earlier page: else pages repeat themselves, or rows have moved meanwhile."""
        keys = {_row_key(row) for row in rows}
        if keys & self._seen:
            return False
        self._seen |= keys
        return True

    def _add_rows(self, rows: Sequence[object]) -> bool:
        """Add the rows about our list; return False where one that could be about it is not understood."""
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

        Merged contacts have the ID of the remaining one, so that such a row may well be of our person.
        """
        if "contact" in row and record_number(row["contact"]) != self._contact:
            return None
        return number(row.get("status"), least=-LARGEST)

    def _is_same_total(self, body: JsonObject) -> bool:
        """Whether the total, where there is one, is unchanged: else rows may have moved from page to page."""
        meta = body.get("meta")
        total = number(meta.get("total")) if isinstance(meta, dict) else None
        if total is None:
            return True
        is_same = self._total in (None, total)
        self._total = total
        return is_same

    def _is_last(self, rows: Sequence[object]) -> bool:
        """Whether no page follows; a total can only prove that there is more."""
        if not rows:
            return True
        is_short = len(rows) < LIST_PAGE and len(rows) != DEFAULT_PAGE
        return is_short and (self._total is None or self._total <= self.offset)


def _row_key(row: JsonObject) -> tuple[str, int | None]:
    """Return a row's identity: its own ID, else that of its list, as a contact has one row per list."""
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
