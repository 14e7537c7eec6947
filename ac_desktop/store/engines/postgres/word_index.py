"""Fills in the texts of records that a search finds by their letters, beside everything else."""

import threading
import time
from typing import Final

from ac_desktop.store.engines.postgres.schema.word_schema import FILLING, words_of
from ac_desktop.store.errors import StoreError
from ac_desktop.store.ports import Database, WriteScope

CHUNK: Final = 5_000
"""Records filled in at once: a batch with no more of them is filled before it is closed."""
SECONDS_BETWEEN: Final = 10.0
_FILL: Final = f"""
    INSERT INTO record_words (record_id, words) SELECT r.id, {words_of("r")} FROM record r
    WHERE r.id BETWEEN ? AND ? AND r.batch_id = ? ON CONFLICT (record_id) DO NOTHING
"""
_FILLED: Final = "UPDATE batch SET has_words = 1 WHERE id = ?"
_LEFT: Final = """
    SELECT id, first_record, last_record FROM batch WHERE has_words = 0 AND loading_owner IS NULL ORDER BY id LIMIT 1
"""


def fill_batch(database: Database, batch_id: int, first: int, last: int, ended: threading.Event | None = None) -> None:
    """Fill in a batch's texts in chunks; once it has ended, or another workstation does it, the rest is left."""
    for start in range(first, last + 1, CHUNK):
        if ended is not None and ended.is_set():
            return
        end = min(start + CHUNK - 1, last)
        with database.writing(WriteScope.of_batch(batch_id), staging=True) as sql:
            sql.execute("SELECT pg_advisory_xact_lock(?)", (FILLING,))
            sql.execute(_FILL, (start, end, batch_id))
            if end == last:
                sql.execute(_FILLED, (batch_id,))


class WordFiller:
    """Fills in the batches that are left in a thread of its own, which ends with the last of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._woken_at = float("-inf")

    def wake(self) -> None:
        """Look for what is left, unless somebody did a moment ago."""
        with self._lock:
            now = time.monotonic()
            is_idle = self._thread is None or not self._thread.is_alive()
            if is_idle and now - self._woken_at >= SECONDS_BETWEEN and not self._ended.is_set():
                self._woken_at = now
                self._thread = threading.Thread(target=self.fill_all, name="words", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End after the chunk under way; another program goes on with the rest."""
        self._ended.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def fill_all(self) -> None:
        """Fill in one batch after another until none is left, or the server is away."""
        try:
            while not self._ended.is_set() and (left := self._database.row(_LEFT)) is not None:
                first, last = left["first_record"], left["last_record"]
                if first is None:
                    with self._database.writing(WriteScope.of_batch(left["id"]), staging=True) as sql:
                        sql.execute(_FILLED, (left["id"],))
                else:
                    fill_batch(self._database, left["id"], first, last, self._ended)
        except StoreError:
            # The server is away: whoever wakes it next goes on, and until then those records are read one by one.
            return
