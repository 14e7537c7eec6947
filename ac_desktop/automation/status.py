"""What a front end shows of what runs by itself, as codes, times and numbers; and what a person changes about it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from ac_desktop.model.schedule import Schedule, next_look
from ac_desktop.model.states import ConnectionState
from ac_desktop.services import Services
from ac_desktop.store.connections.automatic_relay import AutomaticSwitch
from ac_desktop.store.history.notices import AutomaticAction, Notice


class NextAction(StrEnum):
    """What comes next for a connection by itself."""

    NOTHING = "nothing"
    """The switch is off and no source is looked at."""
    LOOK = "look"
    """The sources are looked at, at the time given; what they bring in waits for a person where the switch is off."""
    RELAYING = "relaying"
    """A relay is under way in this process."""
    RELAY = "relay"
    """Donors that came in by themselves are relayed as soon as possible."""
    PAUSED = "paused"
    """Nothing, until a person resumes the connection."""
    INACTIVE = "inactive"
    """Nothing, until a person reactivates the connection."""


@dataclass(frozen=True, kw_only=True)
class AutomationStatus:
    """What runs by itself for one connection: the switch, what was done last, and what comes next.

    `waiting` donors came in by themselves and wait to be relayed; `for_person` donors wait until a person presses
    *Relay*. `next_at` is in seconds since the epoch, None where the next action has no time.
    """

    connection_id: int
    switch: AutomaticSwitch
    schedule: Schedule
    last: AutomaticAction | None
    next: NextAction
    next_at: float | None = None
    waiting: int = 0
    for_person: int = 0
    notices: tuple[Notice, ...] = ()


class AutomationControl:
    """The switch, the schedule and the notices of each connection. Never on the UI thread but for `status`."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def status(self, connection_id: int) -> AutomationStatus:
        """Return what runs by itself for a connection. Raises LookupError where it does not exist."""
        services, brief = self._services, self._brief(connection_id)
        waiting = self._waiting(connection_id)
        return replace(
            brief,
            waiting=waiting,
            for_person=services.queue.counts(connection_id).waiting - waiting,
            notices=tuple(services.notices.open(connection_id)),
        )

    def status_in_window(self, connection_id: int) -> AutomationStatus:
        """Return what a window shows at each change: who waits is counted only where that is what comes next.

        It looks at watched folders all the time, so only a fetch has a time, and it fetches only where a person asked
        for it. Raises LookupError where the connection does not exist.
        """
        brief, services = self._brief(connection_id), self._services
        if services.anedot.accounts.of(connection_id) is not None and is_asked_for(services, connection_id):
            return brief
        if brief.next is NextAction.LOOK and services.watched_folders.of(connection_id) is None:
            return replace(brief, next=NextAction.NOTHING, next_at=None)
        return replace(brief, next_at=None)

    def _brief(self, connection_id: int) -> AutomationStatus:
        services = self._services
        following, at, waiting = self._next(connection_id)
        return AutomationStatus(
            connection_id=connection_id,
            switch=services.automatic_relays.switch(connection_id),
            schedule=services.schedules.of(connection_id),
            last=services.notices.last_action(connection_id),
            next=following,
            next_at=at,
            waiting=waiting,
        )

    def _waiting(self, connection_id: int) -> int:
        relays = self._services.automatic_relays
        return relays.waiting(connection_id) if relays.switch(connection_id).is_on else 0

    def now(self) -> float:
        """Return the time that the status is of, in seconds since the epoch."""
        return self._services.clock.now()

    def turn_on(self, connection_id: int, *, with_waiting: bool = False) -> None:
        """Turn *Relay automatically* on, as a person asked; `with_waiting` covers what waits already too."""
        self._services.automatic_relays.turn_on(connection_id, self._services.clock.now(), with_waiting=with_waiting)

    def turn_off(self, connection_id: int) -> None:
        """Turn *Relay automatically* off, as a person asked."""
        self._services.automatic_relays.turn_off(connection_id, self._services.clock.now())

    def choose_schedule(self, connection_id: int, schedule: Schedule) -> None:
        """Look at the sources by another schedule from now on."""
        self._services.schedules.choose(connection_id, schedule, self._services.clock.now())

    def close_notice(self, notice: Notice) -> None:
        """Close a notice, as a person has read it."""
        self._services.notices.close(notice.id, self._services.clock.now())

    def _next(self, connection_id: int) -> tuple[NextAction, float | None, int]:
        """Return what comes next, when, and for how many donors where that is a relay."""
        services = self._services
        connection = services.connections.get(connection_id)
        if connection is None:
            raise LookupError("This connection no longer exists")
        if connection.state is ConnectionState.PAUSED:
            return NextAction.PAUSED, None, 0
        if connection.state is ConnectionState.INACTIVE:
            return NextAction.INACTIVE, None, 0
        if services.engine.is_running(connection_id):
            return NextAction.RELAYING, None, 0
        waiting = self._waiting(connection_id)
        if waiting:
            return NextAction.RELAY, None, waiting
        if services.watched_folders.of(connection_id) or services.anedot.accounts.of(connection_id):
            return NextAction.LOOK, self.next_look(connection_id), 0
        return NextAction.NOTHING, None, 0

    def next_look(self, connection_id: int) -> float:
        """Return when the sources of a connection are looked at next, in seconds since the epoch."""
        schedules = self._services.schedules
        return next_look(
            schedules.of(connection_id),
            self._services.clock.now(),
            last=schedules.last_look(connection_id),
            counts_from=schedules.counts_from(connection_id),
        )


def is_asked_for(services: Services, connection_id: int) -> bool:
    """Whether a person asked for what runs by itself in the window: by the switch, or by a schedule."""
    return services.automatic_relays.switch(connection_id).is_on or services.schedules.is_chosen(connection_id)
