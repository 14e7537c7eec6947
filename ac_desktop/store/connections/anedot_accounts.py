"""The Anedot account of each connection, and the requests that each account had this month.

Anedot gives a user 1,000 requests a month (anedot.help/finance/api, "Usage Plans"). When a month begins is not said:
the API's keys and its plans are those of a gateway that counts months by UTC.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from ac_desktop.store.ports import NO_CONNECTION, Database, Sql, WriteScope

REQUESTS_A_MONTH: Final = 1_000
SECONDS_BETWEEN_TURNS: Final = 3_600.0
"""A schedule fetches from an account at most once an hour, whatever the number of its connections."""


@dataclass(frozen=True, kw_only=True)
class AnedotAccount:
    """The account that a connection fetches from; `key_name` is the name under which its key is stored."""

    uid: str
    key_name: str


class AnedotAccounts:
    """The stored accounts and their counts. Every method that writes is one durable transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, connection_id: int) -> AnedotAccount | None:
        """Return the account that a connection fetches from, None before it was set up."""
        row = self._database.row(
            "SELECT account_uid, key_name FROM anedot_source WHERE connection_id = ?", (connection_id,)
        )
        return AnedotAccount(uid=row["account_uid"], key_name=row["key_name"]) if row else None

    def remember(self, connection_id: int, uid: str) -> AnedotAccount:
        """Store the account that a connection fetches from; the name of its key stays the same."""
        with self._database.writing(WriteScope.of(connection_id)) as sql:
            sql.execute(
                "INSERT INTO anedot_source (connection_id, account_uid, key_name) VALUES (?, ?, ?)"
                " ON CONFLICT (connection_id) DO UPDATE SET account_uid = excluded.account_uid",
                (connection_id, uid, os.urandom(16).hex()),
            )
        found = self.of(connection_id)
        if found is None:
            raise LookupError("This connection no longer exists")
        return found

    def requests_left(self, uid: str, now: float) -> int:
        """Return how many requests the account has left this month."""
        row = self._database.row(
            "SELECT requests FROM anedot_requests WHERE account_uid = ? AND month = ?", (_account(uid), _month(now))
        )
        return REQUESTS_A_MONTH - (int(row["requests"]) if row else 0)

    def take_request(self, uid: str, now: float) -> int | None:
        """Count one request, before it is sent; return how many are left then. None, and no count, where none was."""
        with self._database.writing(NO_CONNECTION) as sql:
            counted = _requests(sql, uid, now)
            if counted >= REQUESTS_A_MONTH:
                return None
            sql.execute(
                "INSERT INTO anedot_requests (account_uid, month, requests) VALUES (?, ?, 1)"
                " ON CONFLICT (account_uid, month) DO UPDATE SET requests = anedot_requests.requests + 1",
                (_account(uid), _month(now)),
            )
            return REQUESTS_A_MONTH - counted - 1

    def take_turn(self, uid: str, now: float) -> float | None:
        """Begin a fetch that no person asked for. Return when the next may begin where it is too soon, else None.

        A last turn that is in the future, as the clock was set back since, does not count.
        """
        with self._database.writing(NO_CONNECTION) as sql:
            row = sql.row("SELECT began_at FROM anedot_turn WHERE account_uid = ?", (_account(uid),))
            if row is not None and 0 <= now - row["began_at"] < SECONDS_BETWEEN_TURNS:
                return float(row["began_at"]) + SECONDS_BETWEEN_TURNS
            sql.execute(
                "INSERT INTO anedot_turn (account_uid, began_at) VALUES (?, ?)"
                " ON CONFLICT (account_uid) DO UPDATE SET began_at = excluded.began_at",
                (_account(uid), now),
            )
            return None


def _requests(sql: Sql, uid: str, now: float) -> int:
    row = sql.row(
        "SELECT requests FROM anedot_requests WHERE account_uid = ? AND month = ?", (_account(uid), _month(now))
    )
    return int(row["requests"]) if row else 0


def _account(uid: str) -> str:
    """Return one name for an account, however its UID is typed."""
    return uid.casefold()


def _month(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).strftime("%Y-%m")
