"""Parts of statements that several packages of the store share."""

from typing import Final

RELEASED: Final = "state = 'waiting', owner = NULL, lease_until = NULL, changed_at = ?"
"""Sets a claimed record back to waiting, at its stored step."""
READ_BACK, READ_BACK_ENDED = "reading", "ended"
"""The states of a bulk request whose list is being read back, and of one that is over."""
END_READ_BACK: Final = (
    f"UPDATE bulk_batch SET state = '{READ_BACK_ENDED}' WHERE connection_id = ? AND state = '{READ_BACK}'"
)
"""Ends the bulk requests of a connection whose list was being read back."""
