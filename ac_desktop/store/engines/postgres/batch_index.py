"""The indexes of a queued batch: by its donors' addresses, and by the hashes of its rows.

Each is filled at once, in its own order: writers wait for neither, and pages that are filled in order are written once.
"""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

from ac_desktop.model.reason_codes import NO_DONATION
from ac_desktop.store.engines.postgres.word_index import CHUNK, fill_batch
from ac_desktop.store.ports import Database, WriteScope

_EMAILS: Final = """
    INSERT INTO email_at (email, record_id) SELECT email, id FROM record
    WHERE id BETWEEN {first} AND {last} AND batch_id = {batch} AND email <> '' ORDER BY email
"""
_NO_DONATION: Final = "".join(f" AND reason_code <> '{code.value}'" for code in sorted(NO_DONATION))
"""A status is not in a row's hash: a donation that was pending and is completed now has the hash it had."""
_ROW_HASHES: Final = rf"""
    INSERT INTO seen_row (connection_id, row_hash, record_id) SELECT connection_id, row_hash, id FROM record
    WHERE id BETWEEN {{first}} AND {{last}} AND batch_id = {{batch}} AND row_hash IS NOT NULL AND (reason IS NULL
        OR (reason_code NOT LIKE 'already\_%' AND reason_code NOT LIKE 'mark\_%'{_NO_DONATION}))
    ORDER BY row_hash
"""

_FILLS: Final = (_EMAILS, _ROW_HASHES)
_FILL: Final = """
    DO $$ BEGIN
        {insert};
    EXCEPTION WHEN unique_violation THEN
        {insert} ON CONFLICT DO NOTHING;
    END $$
"""
"""Each row is asked about only where some are there already: that takes half as long again.

Such are those of a batch that is closed again, or an address that was erased meanwhile. The block takes numbers as
part of its text alone, and what it catches is not in the server's log, which would name the address.
"""
_SORT_MEMORY: Final = "64MB"
"""What a million addresses are sorted in without the server's disk."""


def index_batch(database: Database, batch_id: int) -> None:
    """Index a batch's addresses and row hashes; no query uses them before the batch is closed."""
    row = database.row("SELECT first_record, last_record FROM batch WHERE id = ?", (batch_id,))
    if row is None or row["first_record"] is None:
        return
    span = (row["first_record"], row["last_record"])
    if span[1] - span[0] < CHUNK:
        for statement in _FILLS:
            _fill(database, batch_id, span, statement)
        fill_batch(database, batch_id, *span)
        return
    with ThreadPoolExecutor(len(_FILLS)) as pool:
        for filled in [pool.submit(_fill, database, batch_id, span, statement) for statement in _FILLS]:
            filled.result()


def _fill(database: Database, batch_id: int, span: tuple[int, int], statement: str) -> None:
    with database.writing(WriteScope.of_batch(batch_id), staging=True) as sql:
        sql.execute(f"SET LOCAL work_mem TO '{_SORT_MEMORY}'")
        sql.execute(_FILL.format(insert=statement.format(first=span[0], last=span[1], batch=batch_id)))
