"""The indexes of a queued batch: by its donors' addresses, and by the hashes of its rows.

Indexes on the records would be written to at random for each chunk of rows: one doubled the time that 1,000,000 rows
take. So these are separate tables, filled once, sorted and in chunks, for which no other writer waits long.
"""

from typing import Final

from ac_desktop.model.reason_codes import NO_DONATION
from ac_desktop.store.ports import Database, WriteScope

CHUNK: Final = 5_000
_EMAILS: Final = (
    "INSERT INTO temp.sorted SELECT email, id, NULL FROM record"
    " WHERE id BETWEEN ? AND ? AND batch_id = ? AND email <> '' ORDER BY email",
    "INSERT OR IGNORE INTO email_at SELECT value, record_id FROM temp.sorted WHERE rowid BETWEEN ? AND ?",
)
_NO_DONATION: Final = "".join(f""" AND reason NOT LIKE '["{code.value}"%'""" for code in sorted(NO_DONATION))
"""A status is not in a row's hash: a donation that was pending and is completed now has the hash it had."""
_ROW_HASHES: Final = (
    "INSERT INTO temp.sorted SELECT row_hash, id, connection_id FROM record"
    " WHERE id BETWEEN ? AND ? AND batch_id = ? AND row_hash IS NOT NULL AND (reason IS NULL"
    f" OR (reason NOT LIKE '[\"already_%' AND reason NOT LIKE '[\"mark_%'{_NO_DONATION})) ORDER BY row_hash",
    "INSERT OR IGNORE INTO seen_row SELECT connection_id, value, record_id FROM temp.sorted"
    " WHERE rowid BETWEEN ? AND ?",
)


def index_batch(database: Database, batch_id: int) -> None:
    """Index a batch's addresses and row hashes; no query uses them before the batch is closed."""
    row = database.row("SELECT first_record, last_record FROM batch WHERE id = ?", (batch_id,))
    if row is None or row["first_record"] is None:
        return
    for kind in (_EMAILS, _ROW_HASHES):
        _fill(database, kind, batch_id, (row["first_record"], row["last_record"]))


def _fill(database: Database, kind: tuple[str, str], batch_id: int, span: tuple[int, int]) -> None:
    sort, insert = kind
    database.rows("CREATE TEMP TABLE IF NOT EXISTS sorted (value, record_id INTEGER, connection_id INTEGER)")
    database.rows("DELETE FROM temp.sorted")
    database.rows(sort, (*span, batch_id))
    for first in range(1, span[1] - span[0] + 2, CHUNK):
        with database.writing(WriteScope.of_batch(batch_id), staging=True) as sql:
            sql.execute(insert, (first, first + CHUNK - 1))
    database.rows("DELETE FROM temp.sorted")
