"""Whether a newer donation of the same person has gone, or is going, to the same account: then that one counts."""

import sqlite3
from datetime import date, datetime
from typing import Final

from ac_desktop.store.database import Database

_AT_ONCE: Final = 5_000
OTHERS: Final = """
    SELECT r.donated_at FROM email_at e
    JOIN record r ON r.id = e.record_id JOIN connection c ON c.id = r.connection_id
    WHERE e.email = ? AND r.id <> ? AND c.account = ? AND r.donated_at <> ''
        AND (r.state IN ('waiting', 'sending', 'sent') OR r.contact_id IS NOT NULL)
"""
"""The dates of an address's other donations that have gone, or are going, to the account.

A record held or failed at its list step has given its name and phone already.
"""


def is_outdated(sql: sqlite3.Connection, account: str, record_id: int, email: str, donated_at: str) -> bool:
    """Whether another record of this address on the account is newer; without a date none is known to be."""
    if not donated_at:
        return False
    others = sql.execute(OTHERS, (email, record_id, account))
    return any(is_older(donated_at, other) for (other,) in others)


def note_emails(database: Database, batch_id: int) -> None:
    """Make the batch's addresses findable, sorted and by portions.

    An index on the records would be written to all over for each chunk of rows: it doubled the time that 1,000,000
    rows take. So it stands apart, is filled once, and no other writer waits long for it.
    """
    span = database.row("SELECT first_record, last_record FROM batch WHERE id = ?", (batch_id,))
    if span is None or span[0] is None:
        return
    database.rows("CREATE TEMP TABLE IF NOT EXISTS sorted (email TEXT NOT NULL, record_id INTEGER NOT NULL)")
    database.rows("DELETE FROM temp.sorted")
    database.rows(
        "INSERT INTO temp.sorted SELECT email, id FROM record WHERE id BETWEEN ? AND ? AND batch_id = ? AND email <> ''"
        " ORDER BY email",
        (*span, batch_id),
    )
    for first in range(1, span[1] - span[0] + 2, _AT_ONCE):
        with database.writing(apart=True) as sql:
            sql.execute(
                "INSERT OR IGNORE INTO email_at SELECT email, record_id FROM temp.sorted WHERE rowid BETWEEN ? AND ?",
                (first, first + _AT_ONCE - 1),
            )
    database.rows("DELETE FROM temp.sorted")


def is_older(one: str, other: str) -> bool:
    """Whether one donation is older than another, as far as both dates say; a day alone is compared by day."""
    mine, theirs = _moment(one), _moment(other)
    if mine is None or theirs is None:
        return False
    if _is_day(one) or _is_day(other):
        return mine.date() < theirs.date()
    return mine < theirs


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _is_day(text: str) -> bool:
    return len(text) <= len(date.min.isoformat())
