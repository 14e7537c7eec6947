"""The state of one connection's relay: its workers, their attempts, and its progress."""

import threading
from collections.abc import Mapping
from typing import Protocol

from ac_desktop.model.address import AccountAddress
from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import Outcome
from ac_desktop.relay.progress import PauseReason
from ac_desktop.relay.request_runner import Sender
from ac_desktop.relay.throughput import Throughput


class Relay(Protocol):
    """One attempt of any kind."""

    @property
    def has_sent(self) -> bool:
        """Whether a request was sent."""

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Set a fault of our own as the outcome; without steps where those cannot be stored."""

    def run(self) -> None:
        """Send the requests. Raise RelayStoppedError where the relay is stopping or the claim was lost."""

    def store_result(self) -> Mapping[Outcome, int]:
        """Store the result; return the number of records by outcome."""

    def release(self) -> None:
        """Release the claim, with nothing counted."""


class ConnectionRun:
    """One relay of a connection, from its start to its end."""

    def __init__(self, connection_id: int, through: int | None, now: float, *, in_bulk: bool) -> None:
        self.connection_id = connection_id
        self.through = through
        self.in_bulk = in_bulk
        self.stopping = False
        self.is_begun = False
        self.begin_lock = threading.Lock()
        self.workers = 0
        self.threads: list[threading.Thread] = []
        self.relays: set[Relay] = set()
        self.throughput = Throughput(now)
        self.unconfirmed = 0
        self.pause_reason: PauseReason | None = None
        self.paused_until: float | None = None
        self.trouble = ""
        self.trouble_code: ReasonCode | None = None
        self.key_lock = threading.Lock()
        self.senders: list[Sender] = []
        self.address: AccountAddress | None = None
