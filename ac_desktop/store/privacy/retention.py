"""How long donors' data is kept: after it, sent donors and the log's payloads and answers are taken out.

Counts, outcomes and marks stay: receipts balance, and a row of a file dropped years later is still known. Who waits,
is held or has failed is never touched, nor is what the log says of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.store.engines.sqlite.database import Database
from ac_desktop.store.privacy.agreed_time import AgreedTime
from ac_desktop.store.privacy.anonymise import anonymise_attempts, anonymise_records
from ac_desktop.store.queue.state_counts import LOADED

DEFAULT_DAYS: Final = 90
LONGEST_DAYS: Final = 3_650
FOR_EVER: Final = 0
"""As a number of days: nothing is taken out."""
DAY: Final = 86_400.0
_NAME: Final = "retention days"
_AT_ONCE: Final = 200
"""Records or attempts in one transaction: some 10 ms, so that no relay waits for it."""
_SETTLED: Final = "state IN ('sent', 'skipped')"
_OLD_RECORDS: Final = f"""
    SELECT id FROM record WHERE id > ? AND forgotten_at IS NULL AND {_SETTLED} AND changed_at < ? AND {LOADED}
    ORDER BY id LIMIT {_AT_ONCE}
"""
_OLD_ATTEMPTS: Final = f"""
    SELECT a.id FROM attempt a JOIN record r ON r.id = a.record_id
    WHERE a.id > ? AND a.emptied_at IS NULL AND a.started_at < ? AND r.{_SETTLED} AND NOT EXISTS (
        SELECT 1 FROM bulk_member m JOIN record o ON o.id = m.record_id
        WHERE m.bulk_batch_id = a.bulk_batch_id AND o.state NOT IN ('sent', 'skipped')
    )
    ORDER BY a.id LIMIT {_AT_ONCE}
"""


@dataclass(frozen=True)
class RetentionResult:
    """How many donors and how many attempts' payloads and answers were taken out."""

    donors: int = 0
    attempts: int = 0

    @property
    def any(self) -> bool:
        """Whether there was anything to take out."""
        return bool(self.donors or self.attempts)


class Retention:
    """Knows for how long data is kept, and takes out what is older."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def days(self) -> int:
        """Return for how many days after the relay data is kept; 0 means for ever."""
        row = self._database.row("SELECT value FROM setting WHERE name = ?", (_NAME,))
        return int(row[0]) if row else DEFAULT_DAYS

    def keep_for(self, days: int) -> None:
        """Set it, from 0 (for ever) to ten years. Raises ValueError beyond that."""
        if not FOR_EVER <= days <= LONGEST_DAYS:
            raise ValueError(days)
        with self._database.writing() as sql:
            sql.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_NAME, str(days)))

    def has_older(self, at: float) -> bool:
        """Whether anything would be taken out at a time."""
        days = self.days()
        return days != FOR_EVER and any(
            self._database.row(query, (0, at - days * DAY)) for query in (_OLD_RECORDS, _OLD_ATTEMPTS)
        )

    def forget_old(self, agreed: AgreedTime, go_on: Callable[[], bool] = lambda: True) -> RetentionResult:
        """Take out what is older, a few hundred rows a transaction, until there is no more or `go_on` says no."""
        days = self.days()
        if days == FOR_EVER:
            return RetentionResult()
        now = agreed.at
        before = now - days * DAY
        return RetentionResult(
            donors=self._portions(_OLD_RECORDS, before, go_on, lambda ids: self._blank(ids, now)),
            attempts=self._portions(_OLD_ATTEMPTS, before, go_on, lambda ids: self._empty(ids, now)),
        )

    def close_thread(self) -> None:
        """Close the calling thread's connection to the database; a thread that ends calls this."""
        self._database.close_thread()

    def _portions(
        self, query: str, before: float, go_on: Callable[[], bool], take_out: Callable[[Sequence[int]], int]
    ) -> int:
        done, last = 0, 0
        while go_on() and (ids := [row[0] for row in self._database.rows(query, (last, before))]):
            done += take_out(ids)
            last = ids[-1]
        return done

    def _blank(self, ids: Sequence[int], now: float) -> int:
        """Look again within the transaction: a person may have pushed a donor meanwhile."""
        with self._database.writing() as sql:
            still = sql.execute(
                f"SELECT id FROM record WHERE id IN ({','.join('?' * len(ids))}) AND {_SETTLED}", ids
            ).fetchall()
            if still:
                anonymise_records(sql, [row[0] for row in still], now)
            return len(still)

    def _empty(self, ids: Sequence[int], now: float) -> int:
        with self._database.writing() as sql:
            anonymise_attempts(sql, ids, now)
            return len(ids)
