"""A queue that may move: nothing of it is on its way to an account, and no file is being read into it."""

import time
from typing import Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.ports import Database, Owners, Sql
from ac_desktop.store.queue.queue import Queue

_SENDING: Final = "SELECT COUNT(*) AS number FROM record WHERE state = 'sending'"
_BULK: Final = """
    SELECT COUNT(*) AS number FROM record WHERE state = 'waiting' AND step = 'result'
        AND bulk_batch_id IN (SELECT id FROM bulk_batch WHERE state = 'taken')
"""
_LOADING: Final = "SELECT COUNT(*) AS number FROM batch WHERE loading_owner IS NOT NULL"
_READING: Final = "SELECT COUNT(*) AS number FROM list_reading WHERE owner IS NOT NULL"


def release_dead(database: Database, owners: Owners) -> None:
    """Release the claims of processes that ended without doing so, and drop the files that they were reading."""
    queue, now = Queue(database, owners), time.time()
    for row in database.rows("SELECT id FROM connection ORDER BY id"):
        queue.release_dead(row["id"], now)


def refuse_unfinished_work(sql: Sql) -> None:
    """Raise StoreError, with what to wait for, where something of the queue is under way."""
    for query, message in (
        (_LOADING, StoreMessage.MOVE_WHILE_IMPORTING),
        (_SENDING, StoreMessage.MOVE_WHILE_SENDING),
        (_BULK, StoreMessage.MOVE_WHILE_IN_BULK),
        (_READING, StoreMessage.MOVE_WHILE_IN_BULK),
    ):
        found = sql.row(query)
        if found is not None and found["number"]:
            raise StoreError(StoreProblem.LOCKED, message, number=found["number"])
