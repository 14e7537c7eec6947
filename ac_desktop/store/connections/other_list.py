"""What another account or list means for a connection's records, within the caller's transaction."""

from ac_desktop.store.ports import Sql
from ac_desktop.store.statements import END_READ_BACK, back_to_waiting


def clear_contacts(sql: Sql, connection_id: int, now: float) -> None:
    """Return records to the contact step, in flight or not: another account has other contact IDs."""
    back_to_waiting(sql, "connection_id = ? AND state = 'sending'", (connection_id,), now)
    sql.execute(
        "UPDATE record SET step = 'contact', contact_id = NULL, bulk_batch_id = NULL"
        " WHERE connection_id = ? AND state <> 'sent'",
        (connection_id,),
    )


def clear_resubscriptions(sql: Sql, connection_id: int) -> None:
    """Revoke decisions to re-subscribe: they apply to the previous list alone."""
    sql.execute(
        "UPDATE record SET resubscribe = 0 WHERE connection_id = ? AND state <> 'sent' AND resubscribe <> 0",
        (connection_id,),
    )


def clear_bulk_requests(sql: Sql, connection_id: int, now: float) -> None:
    """Return donors of bulk requests to the first step: they were sent to another list than the connection's is now."""
    where = "connection_id = ? AND state = 'sending' AND bulk_batch_id IS NOT NULL"
    back_to_waiting(sql, where, (connection_id,), now)
    sql.execute(
        "UPDATE record SET step = 'contact', contact_id = NULL, reason = NULL, bulk_batch_id = NULL"
        " WHERE connection_id = ? AND state = 'waiting' AND step = 'result'",
        (connection_id,),
    )
    sql.execute("DELETE FROM list_reading WHERE connection_id = ?", (connection_id,))
    sql.execute(END_READ_BACK, (connection_id,))


def clear_row_hashes(sql: Sql, connection_id: int) -> None:
    """Delete the row hashes of a connection: what was sent to another list is not known on this one."""
    sql.execute("DELETE FROM seen_row WHERE connection_id = ?", (connection_id,))
