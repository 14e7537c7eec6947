"""The retention period of donors' data: after it, sent donors and the log's payloads and responses are removed.

Counts, outcomes and row hashes stay: import results balance, and a row of a file dropped years later is still
recognised. Waiting, held and failed records are never touched, nor is their log.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.model.rules import DEFAULT_RETENTION_DAYS, KEEP_FOREVER, LONGEST_RETENTION_DAYS
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.agreed_time import SET_SETTING, AgreedTime
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.ports import EVERY_CONNECTION, NO_CONNECTION, Database, WriteScope
from ac_desktop.store.privacy.anonymise import anonymise_attempts, anonymise_records
from ac_desktop.store.queue.records import LOADED

DAY: Final = 86_400.0
_NAME: Final = "retention days"
_CHUNK: Final = 200
"""Records or attempts in one transaction: some 10 ms, so that no relay waits for it."""
_FINISHED: Final = "state IN ('sent', 'skipped')"
_OLD_RECORDS: Final = f"""
    SELECT id FROM record WHERE id > ? AND forgotten_at IS NULL AND {_FINISHED} AND changed_at < ? AND {LOADED}
    ORDER BY id LIMIT {_CHUNK}
"""
_OLD_ATTEMPTS: Final = f"""
    SELECT a.id FROM attempt a JOIN record r ON r.id = a.record_id
    WHERE a.id > ? AND a.emptied_at IS NULL AND a.started_at < ? AND r.{_FINISHED} AND NOT EXISTS (
        SELECT 1 FROM bulk_member m JOIN record o ON o.id = m.record_id
        WHERE m.bulk_batch_id = a.bulk_batch_id AND o.state NOT IN ('sent', 'skipped')
    )
    ORDER BY a.id LIMIT {_CHUNK}
"""


@dataclass(frozen=True)
class RetentionResult:
    """The number of donors, and of attempts, whose data was removed."""

    donors: int = 0
    attempts: int = 0

    @property
    def any(self) -> bool:
        """Whether anything was removed."""
        return bool(self.donors or self.attempts)


class Retention:
    """Stores the retention period, and removes older data."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def days(self) -> int:
        """Return the retention period in days after the relay; 0 means for ever."""
        row = self._database.row("SELECT value FROM setting WHERE name = ?", (_NAME,))
        return int(row["value"]) if row else DEFAULT_RETENTION_DAYS

    def set_days(self, days: int) -> None:
        """Store the retention period, from 0 (for ever) to ten years. Raise ValueError beyond that."""
        if not KEEP_FOREVER <= days <= LONGEST_RETENTION_DAYS:
            raise ValueError(days)
        with self._database.writing(NO_CONNECTION) as sql:
            sql.execute(SET_SETTING, (_NAME, str(days)))

    def require_right(self) -> None:
        """Raise StoreError where this person's role in an office may not remove older data."""
        if not self._database.may_empty():
            raise StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_NO_RIGHT, detail="only for admin, relay")

    def has_older(self, at: float) -> bool:
        """Whether anything would be removed at a time."""
        days = self.days()
        return (
            days != KEEP_FOREVER
            and self._database.may_empty()
            and any(self._database.row(query, (0, at - days * DAY)) for query in (_OLD_RECORDS, _OLD_ATTEMPTS))
        )

    def remove_old(self, agreed: AgreedTime, proceed: Callable[[], bool] = lambda: True) -> RetentionResult:
        """Remove older data, a few hundred rows per transaction, while there is more and `proceed` returns true.

        In an office only administrators and the relay service do.
        """
        days = self.days()
        if days == KEEP_FOREVER or not self._database.may_empty():
            return RetentionResult()
        now = agreed.at
        before = now - days * DAY
        donors = self._by_chunks(_OLD_RECORDS, before, proceed, lambda ids: self._anonymise_records(ids, now))
        attempts = self._by_chunks(_OLD_ATTEMPTS, before, proceed, lambda ids: self._anonymise_attempts(ids, now))
        self._note(donors, attempts, now)
        return RetentionResult(donors=donors.total(), attempts=attempts.total())

    def close_thread(self) -> None:
        """Close the calling thread's connection to the database; called by a thread that ends."""
        self._database.close_thread()

    def _by_chunks(
        self, query: str, before: float, proceed: Callable[[], bool], remove: Callable[[Sequence[int]], Counter[int]]
    ) -> Counter[int]:
        done: Counter[int] = Counter()
        last = 0
        while proceed() and (ids := [row["id"] for row in self._database.rows(query, (last, before))]):
            done += remove(ids)
            last = ids[-1]
        return done

    def _anonymise_records(self, ids: Sequence[int], now: float) -> Counter[int]:
        """Anonymise records that are still finished: a person may have pushed one meanwhile."""
        with self._database.writing(WriteScope.of_records(ids)) as sql:
            still = sql.rows(
                f"SELECT id, connection_id FROM record WHERE id IN ({','.join('?' * len(ids))}) AND {_FINISHED}", ids
            )
            if still:
                anonymise_records(sql, [row["id"] for row in still], now)
            return Counter(row["connection_id"] for row in still)

    def _anonymise_attempts(self, ids: Sequence[int], now: float) -> Counter[int]:
        with self._database.writing(EVERY_CONNECTION) as sql:
            anonymise_attempts(sql, ids, now)
            emptied = sql.rows(f"SELECT connection_id FROM attempt WHERE id IN ({','.join('?' * len(ids))})", ids)
            return Counter(row["connection_id"] for row in emptied)

    def _note(self, donors: Counter[int], attempts: Counter[int], now: float) -> None:
        """Leave an event for each connection whose data was removed, unless that is left along with it."""
        changed = sorted(donors.keys() | attempts.keys())
        if changed:
            with self._database.writing(WriteScope.of(*changed)) as sql:
                if sql.kept_history is None:
                    for one in changed:
                        numbers = {"donors": str(donors[one]), "attempts": str(attempts[one])}
                        insert_event(sql, one, EventKind.EMPTIED, now, numbers)
