"""The state of one connection's relay: its workers, their attempts, and its progress."""

import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from ac_desktop.activecampaign.rate_limited_sender import Sender
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import Outcome
from ac_desktop.relay.clock import Clock
from ac_desktop.relay.list_reading import ListReading
from ac_desktop.relay.progress import PauseReason, Throughput


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
    """One relay of a connection, from its start to its end.

    It takes the records up to `through`, all where that is None and none where it is 0; where `is_automatic` also those
    that came in by themselves.
    """

    def __init__(
        self, connection_id: int, through: int | None, now: float, *, in_bulk: bool, is_automatic: bool = False
    ) -> None:
        self.connection_id = connection_id
        self.through = through
        self.in_bulk = in_bulk
        self.is_automatic = is_automatic
        self.stopping = False
        self.is_abandoned = False
        """Whether this process is about to end: nobody waits any more for what could not be written."""
        self.list_reading: ListReading | None = None
        """What is read of the list to save requests; None where it is not read."""
        self.is_begun = False
        self.duty_of = ""
        """The account whose duty was asked for as the relay began."""
        self.left_until: float | None = None
        """Until when results and lists are left to the workstation that has the duty; None where they never were."""
        self.leaving = 0
        """How many workers have nothing more to do."""
        self.known_connection: Connection | None = None
        """The connection as the last claim read it, for a database at a distance."""
        self.begin_lock = threading.Lock()
        self.workers = 0
        self.threads: list[threading.Thread] = []
        self.relays: set[Relay] = set()
        self.throughput = Throughput(now)
        self.unconfirmed = 0
        self.last_waiting = 0
        self.pause_reason: PauseReason | None = None
        self.paused_until: float | None = None
        self.trouble = ""
        self.trouble_code: ReasonCode | None = None
        self.is_own_fault = False
        self.key_lock = threading.Lock()
        self.key_trusted_until = 0.0
        self.has_failed_since = False
        self.senders: list[Sender] = []
        self.address: AccountAddress | None = None

    def abort(self, trouble: str, code: ReasonCode | None = None) -> None:
        """Stop as something went wrong, without a sentence by a fault of our own; what came first is kept."""
        if not self.trouble and not self.is_own_fault:
            self.trouble, self.trouble_code, self.is_own_fault = trouble, code, not trouble
        self.stopping = True


class ChangeSignal:
    """Guards what the workers share by one condition, which also wakes them, and tells listeners of changes.

    `count` grows with each change, so that a change between a query of the queue and the wait for the next one is never
    missed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._listeners: list[Callable[[], None]] = []
        self.condition = threading.Condition()
        self.count = 0

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every change, on whichever thread made it."""
        self._listeners.append(listener)

    def wake(self) -> None:
        """Wake everybody who waits, holding the condition."""
        self.count += 1
        self._clock.notify(self.condition)

    def notify_listeners(self) -> None:
        """Call the listeners, as something changed."""
        for listener in self._listeners:
            listener()
