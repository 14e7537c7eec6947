"""One read of the store and the relay, of which every part of the window shows its share."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import Reason, ReasonCode
from ac_desktop.model.states import ConnectionState
from ac_desktop.services import Services
from ac_desktop.store.queue.records import StateCounts, state_counts, unfinished

if TYPE_CHECKING:
    from ac_desktop.activecampaign.rate_meter import RateReading
    from ac_desktop.automation.status import AutomationStatus
    from ac_desktop.model.attempts import StoredAttempt
    from ac_desktop.relay.progress import Progress
    from ac_desktop.store.history.history import Event
    from ac_desktop.store.history.notices import Notice
    from ac_desktop.store.office.place import OfficePlace


@dataclass(frozen=True)
class ConnectionOverview:
    """What the sidebar shows of a connection; `progress` is None before the relay is loaded."""

    connection: Connection
    waiting: int = 0
    sending: int = 0
    progress: "Progress | None" = None

    @property
    def unfinished(self) -> int:
        """The number of donors that wait or are being sent."""
        return self.waiting + self.sending


@dataclass(frozen=True, kw_only=True)
class WindowState:
    """The state of the connection shown; `streak` holds the failed attempts in a row, oldest first.

    `may_read_list`: relaying one by one may read the list to save requests.
    `seconds_needed`: how long relaying all who wait takes one by one, while nothing is being relayed.
    `automation` is None before the relay is loaded. Its next look has no time where only a folder is watched: the
    window looks at that all the time. `notices` are those of all connections.
    """

    now: float
    practice: bool
    connections: tuple[Connection, ...] = ()
    connection: Connection | None = None
    counts: StateCounts = field(default_factory=StateCounts)
    progress: "Progress | None" = None
    streak: "tuple[StoredAttempt, ...]" = ()
    switched_off: "Event | None" = None
    pace: "RateReading | None" = None
    seconds_needed: float | None = None
    may_read_list: bool = False
    overviews: tuple[ConnectionOverview, ...] = ()
    automation: "AutomationStatus | None" = None
    notices: "tuple[Notice, ...]" = ()
    office: "OfficePlace | None" = None

    @property
    def connection_state(self) -> ConnectionState | None:
        """The shown connection's state."""
        return self.connection.state if self.connection else None

    @property
    def is_running(self) -> bool:
        """Whether the relay is at work on the shown connection."""
        return self.progress is not None and self.progress.running

    @property
    def relay_total(self) -> int:
        """How many donors the relay has in all."""
        progress = self.progress
        return progress.done + progress.waiting + self.counts.sending if progress is not None else 0

    @property
    def relay_share(self) -> int | None:
        """The percentage that is done, for the window's title, which a task bar shows; None at rest."""
        progress = self.progress
        if progress is None or not progress.running:
            return None
        return round(100 * progress.steps_done / max(1, self.relay_total))

    @property
    def inactive(self) -> tuple[Connection, ...]:
        """Every connection that was switched off and waits for a person."""
        return tuple(one for one in self.connections if one.state is ConnectionState.INACTIVE)

    @property
    def reasons(self) -> tuple[tuple[Reason, int], ...]:
        """The reasons of the streak with their number, the most frequent first."""
        return tuple(Counter(one.reason for one in self.streak if one.reason).most_common())

    @property
    def causes(self) -> tuple[ReasonCode, ...]:
        """The kinds of reason of the streak, the most frequent first."""
        return tuple(dict.fromkeys(reason.code for reason, _ in self.reasons))


class CurrentState:
    """The window's state as last read, with the connection that is chosen."""

    def __init__(self, services: Services, *, practice: bool, connection_id: int | None) -> None:
        self._services = services
        self.practice = practice
        self.connection_id = connection_id
        self.state = WindowState(now=services.clock.now(), practice=practice)

    @property
    def connection(self) -> Connection | None:
        """The connection shown."""
        return self.state.connection

    def read(self, *, at_first: bool) -> WindowState:
        """Read the state again, from any thread; where the chosen connection is gone, the first one is chosen."""
        read = partial(read_window_state, self._services, practice=self.practice, at_first=at_first)
        state = read(self.connection_id)
        if state.connection is None and state.connections:
            state = read(state.connections[0].id)
        return state

    def keep(self, state: WindowState) -> None:
        """Keep the state as the one that is shown."""
        self.connection_id = state.connection.id if state.connection else self.connection_id
        self.state = state


def read_window_state(
    services: Services, connection_id: int | None, *, practice: bool, at_first: bool = False
) -> WindowState:
    """Read the window's state; a few small reads that take a millisecond.

    The first one leaves out what the relay knows, whose modules are not loaded yet: it does not run yet.
    """
    connections = tuple(services.connections.all())
    connection = next((one for one in connections if one.id == connection_id), None)
    now = services.clock.now()
    overviews = _overviews(services, connections, at_first=at_first)
    office = services.office_place
    if connection is None:
        return WindowState(now=now, practice=practice, connections=connections, overviews=overviews, office=office)
    circuit = connection.circuit
    state = WindowState(
        now=now,
        practice=practice,
        connections=connections,
        overviews=overviews,
        office=office,
        connection=connection,
        counts=state_counts(services.database, connection.id),
        streak=tuple(services.history.streak_attempts(connection.id, circuit.streak)) if circuit.streak else (),
        switched_off=_switched_off(services, connection.id) if circuit.state is ConnectionState.INACTIVE else None,
    )
    return state if at_first else _with_relay(services, state, connection)


def _overviews(
    services: Services, connections: tuple[Connection, ...], *, at_first: bool
) -> tuple[ConnectionOverview, ...]:
    counted = unfinished(services.database)
    return tuple(
        ConnectionOverview(one, *counted.get(one.id, (0, 0)), None if at_first else services.engine.progress(one.id))
        for one in connections
    )


def _with_relay(services: Services, state: WindowState, connection: Connection) -> WindowState:
    progress = services.engine.progress(connection.id)
    return replace(
        state,
        progress=progress,
        pace=services.rate_meter.reading(connection.account),
        seconds_needed=None if progress.running else _seconds_needed(services, connection, state.counts.waiting),
        may_read_list=_may_read_list(services, connection, state.counts.waiting),
        automation=_automation(services, connection.id),
        notices=tuple(services.notices.open()),
    )


def _automation(services: Services, connection_id: int) -> "AutomationStatus":
    from ac_desktop.automation.status import AutomationControl

    return AutomationControl(services).status_in_window(connection_id)


def _seconds_needed(services: Services, connection: Connection, waiting: int) -> float | None:
    if not waiting:
        return None
    from ac_desktop.relay.progress import estimate_for

    share = services.record_reader.known_share(connection.id)
    return estimate_for(connection.settings, waiting, share_known=share)


def _may_read_list(services: Services, connection: Connection, waiting: int) -> bool:
    if not waiting:
        return False
    from ac_desktop.relay.progress import may_read_list

    return may_read_list(waiting, connection.settings, is_office=services.store.office is not None)


def _switched_off(services: Services, connection_id: int) -> "Event | None":
    from ac_desktop.store.history.history import EventKind

    events = services.history.events(connection_id)
    return next((event for event in reversed(events) if event.kind is EventKind.DEACTIVATED), None)
