"""Makes a batch that is queued findable: by its donors' addresses, and by the marks of its rows.

Indexes on the records would be written to all over for each chunk of rows: one doubled the time that 1,000,000 rows
take. So these stand apart and are filled once, sorted and by portions, for which no other writer waits long.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

from ac_desktop.store.engines.sqlite.database import Database

_AT_ONCE: Final = 5_000
_MANY: Final = 20_000
"""From so many rows on the two are sorted side by side, in threads which SQLite lets run at the same time."""
_EMAILS: Final = (
    "INSERT INTO temp.sorted SELECT email, id, NULL FROM record"
    " WHERE id BETWEEN ? AND ? AND batch_id = ? AND email <> '' ORDER BY email",
    "INSERT OR IGNORE INTO email_at SELECT value, record_id FROM temp.sorted WHERE rowid BETWEEN ? AND ?",
)
_MARKS: Final = (
    "INSERT INTO temp.sorted SELECT row_hash, id, connection_id FROM record"
    " WHERE id BETWEEN ? AND ? AND batch_id = ? AND row_hash IS NOT NULL"
    " AND (reason IS NULL OR (reason NOT LIKE '[\"already_%' AND reason NOT LIKE '[\"mark_%')) ORDER BY row_hash",
    "INSERT OR IGNORE INTO seen_row SELECT connection_id, value, record_id FROM temp.sorted"
    " WHERE rowid BETWEEN ? AND ?",
)


def note_batch(database: Database, batch_id: int) -> None:
    """Note a batch's addresses and marks; nothing finds them before the batch is closed."""
    span = database.row("SELECT first_record, last_record FROM batch WHERE id = ?", (batch_id,))
    if span is None or span[0] is None:
        return
    if span[1] - span[0] < _MANY:
        for kind in (_EMAILS, _MARKS):
            _note(database, kind, batch_id, span)
        return
    with ThreadPoolExecutor(2, thread_name_prefix="noting") as threads:
        for ended in [threads.submit(_note_apart, database, kind, batch_id, span) for kind in (_EMAILS, _MARKS)]:
            ended.result()


def _note_apart(database: Database, kind: tuple[str, str], batch_id: int, span: tuple[int, int]) -> None:
    try:
        database.use_little_memory()
        _note(database, kind, batch_id, span)
    finally:
        database.close_thread()


def _note(database: Database, kind: tuple[str, str], batch_id: int, span: tuple[int, int]) -> None:
    sort, keep = kind
    database.rows("CREATE TEMP TABLE IF NOT EXISTS sorted (value, record_id INTEGER, connection_id INTEGER)")
    database.rows("DELETE FROM temp.sorted")
    database.rows(sort, (*span, batch_id))
    for first in range(1, span[1] - span[0] + 2, _AT_ONCE):
        with database.writing(apart=True) as sql:
            sql.execute(keep, (first, first + _AT_ONCE - 1))
    database.rows("DELETE FROM temp.sorted")
