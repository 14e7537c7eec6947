"""Runs a data folder by itself: looks at sources when they are due, and relays what came in by itself."""

import threading
from dataclasses import dataclass, field
from typing import Final

from ac_desktop.automation.events import AutomationCode, AutomationEvent, Report, ignore
from ac_desktop.automation.fetching import FetchRounds
from ac_desktop.automation.folder_looks import SETTLE_SECONDS, FolderLooks
from ac_desktop.automation.outbox_visits import OutboxVisits
from ac_desktop.automation.relaying import AutomaticRelaying
from ac_desktop.model.connection import Connection
from ac_desktop.model.schedule import next_look
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.history.notices import ActionCode
from ac_desktop.store.office.duty import DutyWish

LONGEST_WAIT: Final = 2.0
"""Seconds after which the store is read again, as another process may have turned a switch on or queued donors."""
LONGEST_QUIET: Final = 60.0
"""The same for a store at a distance that says what is new by itself."""
TAKE_OVER_EVERY: Final = 10.0
"""Seconds between two tries to take what another workstation of an office has to do."""
REST: Final = 2.0
"""Seconds between two tries to reach an office's server that is away."""
HEAD_START: Final = 60.0
"""Seconds by which a workstation of an office lets the one with the duty go first where either can fetch."""


@dataclass
class Automation:
    """The sources and the automatic relays of all connections of a data folder.

    Of all processes of the folder one looks at the sources: the one with the lock, which the system releases however
    that process ends. Watched folders have a lock of their own, as a window looks at them too. Relays need no lock, as
    processes share the queue.
    """

    services: Services
    report: Report = ignore
    longest_wait: float = LONGEST_WAIT
    looks_at_folders: bool = True
    """Whether watched folders are looked at here; a window that watches them itself says no."""
    fetches_unasked: bool = True
    """Whether donations are fetched where nobody chose a schedule or the switch; who starts `run` asks for it."""
    wish: DutyWish = DutyWish.ANYONE
    """Why this one would relay by itself among the workstations of an office."""
    relaying: AutomaticRelaying | None = None
    """What is relayed; None for what came in by itself."""
    looks: bool = True
    """Whether sources are looked at."""
    ends_relays_within: float | None = None
    """Seconds in which attempts may end before `run` does; None where relays go on after it."""
    _condition: threading.Condition = field(default_factory=threading.Condition, init=False)
    _stopping: threading.Event = field(default_factory=threading.Event, init=False)
    _changes: int = field(default=0, init=False)
    _is_standby: bool = field(default=False, init=False)
    _is_resting: bool = field(default=False, init=False)
    _has_looked: bool = field(default=False, init=False)
    """Whether this process has looked. Before, a look every few minutes is due at once: the last may be cut off."""

    _looked_at: dict[int, float] = field(default_factory=dict, init=False)
    _due_since: dict[int, float] = field(default_factory=dict, init=False)
    """Since when a look has been due that another workstation may do first."""

    def __post_init__(self) -> None:
        self._folders = FolderLooks(self.services, self.report)
        self._fetches = FetchRounds(self.services, self.report)
        self._relaying = self.relaying or AutomaticRelaying(self.services, self.report, self.wish)
        self._outbox = OutboxVisits(self.services, self.report)
        self._next_scan = 0.0
        self._version = 0
        self._is_told = self.services.database.is_distant
        self.services.engine.subscribe(self.wake)

    def wake(self) -> None:
        """Check at once what is due, as something changed. From any thread."""
        with self._condition:
            self._changes += 1
            self.services.clock.notify(self._condition)

    def stop(self) -> None:
        """End `run`. From any thread, or a handler of a signal."""
        self._stopping.set()
        self.wake()

    def run(self, *, once: bool = False) -> None:
        """Run until `stop`; with `once` look at each source now, and end when all that came in is relayed."""
        self._tell(AutomationCode.STARTED)
        if once:
            self.look_now()
        while not self._stopping.is_set():
            with self._condition:
                seen = self._changes
            self._version = self._version_seen()
            try:
                due = self.tick(looks=self.looks and not once)
            except StoreError as error:
                if once or not error.may_pass:
                    raise
                due = self._rest()
            else:
                self._end_rest()
            if once and not self._folders.is_looking and not self._relaying.is_relaying:
                break
            with self._condition:
                while not self._stopping.is_set() and self._changes == seen and not self._wait(due):
                    pass
        if self.ends_relays_within is not None:
            self.services.engine.stop(self.ends_relays_within)
        self._tell(AutomationCode.STOPPED)

    def _rest(self) -> float:
        """Return when to try again, as the office's server is away."""
        if not self._is_resting:
            self._is_resting = True
            self._tell(AutomationCode.SERVER_AWAY)
        return self.services.clock.now() + REST

    def _end_rest(self) -> None:
        if self._is_resting:
            self._is_resting = False
            self._tell(AutomationCode.SERVER_BACK)

    def _wait(self, due: float) -> bool:
        """Wait for a wake or for what is due, holding the condition; return whether the store is to be read again."""
        left = due - self.services.clock.now()
        self.services.clock.wait(self._condition, max(0.01, min(left, self.longest_wait)))
        return left <= self.longest_wait or self._version_seen() != self._version

    def _version_seen(self) -> int:
        """Return a number that changes with what others write, where that costs nothing."""
        return self.services.database.version_seen() if self._is_told else 0

    @property
    def _longest_wait(self) -> float:
        return LONGEST_QUIET if self._is_told else self.longest_wait

    def tick(self, *, looks: bool = True) -> float:
        """Do what is due, and return when to come again at the latest, in seconds since the epoch."""
        self._outbox.check()
        due = self._begin_due_looks() if looks else self.services.clock.now() + self._longest_wait
        if self._folders.is_looking and self.services.clock.now() >= self._next_scan:
            self._folders.scan()
            self._next_scan = self.services.clock.now() + SETTLE_SECONDS
        self._relaying.check()
        now = self.services.clock.now()
        if self._folders.is_looking:
            due = min(due, max(self._next_scan, now))
        if self._relaying.is_left_to_another:
            due = min(due, now + TAKE_OVER_EVERY)
        return min(due, now + self._longest_wait)

    def look_now(self) -> None:
        """Look at the sources of every connection now, whatever their schedules say."""
        if self._holds_lock():
            for connection_id in [one.id for one in self.services.connections.all()]:
                self._look(connection_id)

    def _begin_due_looks(self) -> float:
        """Begin the looks that are due, and return when the next one is."""
        services, now = self.services, self.services.clock.now()
        soonest = now + self._longest_wait
        for connection in services.connections.all():
            due = self._next_look(connection.id, now)
            if due > now:
                self._due_since.pop(connection.id, None)
                soonest = min(soonest, due)
            elif self._is_source_set_up(connection.id) and self._holds_lock():
                first = self._due_since.setdefault(connection.id, now) + self._head_start(connection)
                if first > now:
                    soonest = min(soonest, first)
                else:
                    self._look(connection.id)
        self._has_looked = self._has_looked or not self._is_standby
        return soonest

    def _next_look(self, connection_id: int, now: float) -> float:
        """Return when a connection's sources are looked at next.

        Another workstation's look at what it can fetch says nothing of a folder that is watched here alone.
        """
        services, own = self.services, self._looked_at.get(connection_id)
        schedules = services.schedules
        if services.duties.is_shared and self._is_watched_here(connection_id):
            last, counts_from = own, schedules.counts_from(connection_id) if own is None else own
        else:
            last = schedules.last_look(connection_id) if self._has_looked else None
            counts_from = schedules.counts_from(connection_id)
        return next_look(schedules.of(connection_id), now, last=last, counts_from=counts_from)

    def _head_start(self, connection: Connection) -> float:
        """Return by how many seconds another workstation goes first, as it has the duty and may be able to fetch."""
        duties = self.services.duties
        if not duties.is_shared or self._is_watched_here(connection.id) or duties.take(connection.account, self.wish):
            return 0.0
        return HEAD_START

    def _is_watched_here(self, connection_id: int) -> bool:
        return self.looks_at_folders and self.services.watched_folders.of(connection_id) is not None

    def _is_source_set_up(self, connection_id: int) -> bool:
        fetches = self._fetches.is_set_up if self.fetches_unasked else self._fetches.is_asked_for
        return self._is_watched_here(connection_id) or fetches(connection_id)

    def _watches(self, connection_id: int) -> bool:
        """Whether a folder is looked at here: a window of this data folder may do that in its own way."""
        return self._is_watched_here(connection_id) and self.services.folder_lock.acquire()

    def _look(self, connection_id: int) -> None:
        """Begin a look; that it began is stored first, so that a source that fails is not asked without end."""
        connection = self.services.connections.get(connection_id)
        watches = self._watches(connection_id)
        if connection is None or not (watches or self._fetches.is_set_up(connection_id)):
            return
        self._due_since.pop(connection_id, None)
        now = self._looked_at[connection_id] = self.services.clock.now()
        self.services.schedules.record_look(connection_id, now)
        self.services.notices.record_action(connection_id, ActionCode.LOOKED, now)
        if watches:
            self._folders.begin(connection)
            self._next_scan = now
        self._fetches.fetch(connection)
        self.services.duties.leave(connection.account)

    def _holds_lock(self) -> bool:
        holds = self.services.source_lock.acquire()
        if not holds and not self._is_standby:
            self._tell(AutomationCode.STANDBY)
        self._is_standby = not holds
        return holds

    def _tell(self, code: AutomationCode) -> None:
        self.report(AutomationEvent(at=self.services.clock.now(), code=code))
