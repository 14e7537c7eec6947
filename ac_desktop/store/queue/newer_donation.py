"""Whether a newer donation of the same person was sent, or is being sent, to the same account: then that one counts."""

from datetime import date, datetime
from functools import lru_cache
from typing import Final

from ac_desktop.store.ports import Database, Fragments, Sql

_OTHERS: Final = """
    SELECT r.donated_at FROM email_at e {record} {connection}
    WHERE e.email = ? AND r.id <> ? AND c.account = ? AND r.donated_at <> ''
        AND (r.state IN ('waiting', 'sending', 'sent') OR r.contact_id IS NOT NULL OR r.cause = 'passing')
"""


@lru_cache(maxsize=2)
def other_donations(fragments: Fragments) -> str:
    """Return the query for the dates of an address's other donations that were sent, or are being sent, to the account.

    A record held or failed at its list step has sent its name and phone already; one that failed without a response may
    have.
    """
    looked_up = fragments.looked_up.format
    return _OTHERS.format(
        record=looked_up(table="record", name="r", id="e.record_id"),
        connection=looked_up(table="connection", name="c", id="r.connection_id"),
    )


def is_outdated(sql: Sql | Database, account: str, record_id: int, email: str, donated_at: str) -> bool:
    """Whether another record of this address on the account is newer; without a date none is known to be."""
    if not donated_at:
        return False
    others = sql.rows(other_donations(sql.fragments), (email, record_id, account))
    return any(is_older(donated_at, other["donated_at"]) for other in others)


def is_older(one: str, other: str) -> bool:
    """Whether one donation is older than another, as far as both dates show; a date without time is compared by day."""
    mine, theirs = _parse(one), _parse(other)
    if mine is None or theirs is None:
        return False
    if _is_day(one) or _is_day(other):
        return mine.date() < theirs.date()
    return mine < theirs


def _parse(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _is_day(text: str) -> bool:
    return len(text) <= len(date.min.isoformat())
