"""One connection's relay while it goes on: its workers, what they hold, and how far they are."""

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
    """One attempt, whatever it is about."""

    @property
    def has_asked(self) -> bool:
        """Whether a request left."""

    def fail(self, why: Reason, *, with_steps: bool) -> None:
        """Take a fault of ours as the attempt's end; without its steps where those cannot be kept."""

    def carry_out(self) -> None:
        """Ask the account. Raises BrokenOffError where the relay is stopping or the claim was lost."""

    def keep(self) -> Mapping[Outcome, int]:
        """Keep how it ended; returns how many records ended how."""

    def give_back(self) -> None:
        """Release the claim, with nothing counted."""


class ConnectionRun:
    """One connection's relay from *Relay* to its end."""

    def __init__(self, connection_id: int, through: int | None, now: float, *, in_bulk: bool) -> None:
        self.connection_id = connection_id
        self.through = through
        self.in_bulk = in_bulk
        self.stopping = False
        self.is_begun = False
        self.begin_guard = threading.Lock()
        self.workers = 0
        self.threads: list[threading.Thread] = []
        self.relays: set[Relay] = set()
        self.tempo = Throughput(now)
        self.unconfirmed = 0
        self.resting: PauseReason | None = None
        self.resting_until: float | None = None
        self.trouble = ""
        self.trouble_code: ReasonCode | None = None
        self.key_guard = threading.Lock()
        self.senders: list[Sender] = []
        self.address: AccountAddress | None = None
