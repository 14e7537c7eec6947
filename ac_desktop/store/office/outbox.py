"""Donors typed while an office's server cannot be reached: what waits on this computer, and for which connections.

An entry leaves once the office has it. Its token is unique there, so that one whose answer was lost counts once.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor

OUTBOX_FILE: Final = "office.outbox.db"
"""The file of a data folder, beside the one that says which office it works on."""
_TOKEN_BYTES: Final = 16


def new_token() -> str:
    """Return a token that no other entry has."""
    return secrets.token_hex(_TOKEN_BYTES)


@dataclass(frozen=True, kw_only=True)
class KnownConnection:
    """A connection as the office last had it, by the name of its key, which no other connection ever has."""

    key_name: str
    connection: Connection


@dataclass(frozen=True, kw_only=True)
class OutboxEntry:
    """A donor as typed, for a connection, with the time by this computer's clock."""

    key_name: str
    connection_name: str
    donor: Donor
    typed_at: float
    token: str = field(default_factory=new_token)


@dataclass(frozen=True, kw_only=True)
class DiscardedEntry:
    """That an entry was given up on this computer, without its donor; the office's log is told at the next contact."""

    token: str
    key_name: str
    connection_name: str


class Outbox(Protocol):
    """The entries of a data folder for its office. Raise StoreError where the file or its disk is at fault."""

    def add(self, entry: OutboxEntry) -> None:
        """Store an entry; it is durable on return."""

    def entries(self) -> list[OutboxEntry]:
        """Return the entries, the oldest first."""

    def remove(self, tokens: Collection[str]) -> None:
        """Remove the entries that the office has, from what is left of deleted rows too."""

    def discard(self, entries: Sequence[OutboxEntry]) -> None:
        """Remove entries that the office does not get, and remember that they were, in one transaction."""

    def discarded(self) -> list[DiscardedEntry]:
        """Return what was discarded and the office's log does not say yet."""

    def forget_discarded(self, tokens: Collection[str]) -> None:
        """Forget what the office's log says by now."""

    def seen_erasure(self) -> int:
        """Return the number of the office's latest erasure at the last contact."""

    def see_erasure(self, number: int) -> None:
        """Store the number of the office's latest erasure."""

    def remember(self, connections: Sequence[KnownConnection]) -> None:
        """Store the connections as the office has them; nothing is written where nothing changed."""

    def connections(self) -> list[KnownConnection]:
        """Return the connections as the office last had them, by name."""
