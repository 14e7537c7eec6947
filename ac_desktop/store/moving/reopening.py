"""Opens an office again whose queue was moved out of it: nothing is sent from it before a person resumes."""

import time
from typing import Final

from ac_desktop.model import rules
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.store.connections.automatic_relay import switch_off
from ac_desktop.store.connections.connections import change_circuit
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.history.history import EventKind
from ac_desktop.store.moving.sides import OfficeQueue

_CONNECTIONS: Final = "SELECT id FROM connection ORDER BY id"


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
            change_circuit(sql, row["id"], rules.paused, EventKind.PAUSED, now)
            switch_off(sql, row["id"], now)
        found = sql.row("SELECT COUNT(*) AS number FROM record WHERE state = 'waiting'")
        transaction.commit()
    return int(found["number"]) if found is not None else 0
