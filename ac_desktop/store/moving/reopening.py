"""Opens an office again whose queue was moved out of it: nothing is sent from it before a person resumes."""

import time
from typing import Final

from ac_desktop.model.states import ConnectionState
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.connections.automatic_relay import switch_off
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.history.history import EventKind, insert_event
from ac_desktop.store.moving.sides import OfficeQueue

_CONNECTIONS: Final = "SELECT id, state FROM connection ORDER BY id"


def reopen(office: OfficeQueue) -> int:
    """Open an office again with the donors that were in it when its queue was moved out; return how many wait.

    Its connections are paused and relay nothing by themselves, as whoever has the moved queue may send its donors.
    """
    with office.moving() as transaction:
        sql = transaction.sql
        if not transaction.is_admin:
            raise StoreError(StoreProblem.REFUSED, StoreMessage.REOPENING_NEEDS_ADMIN)
        if transaction.moved_out is None:
            raise StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_NOT_CLOSED)
        transaction.reopen_office()
        now = time.time()
        for row in sql.rows(_CONNECTIONS):
            if row["state"] == ConnectionState.ACTIVE.value:
                sql.execute("UPDATE connection SET state = ? WHERE id = ?", (ConnectionState.PAUSED.value, row["id"]))
                insert_event(sql, row["id"], EventKind.PAUSED, now)
            switch_off(sql, row["id"], now)
        found = sql.row("SELECT COUNT(*) AS number FROM record WHERE state = 'waiting'")
        transaction.commit()
    return int(found["number"]) if found is not None else 0
