"""Window states made by hand, for what is decided from a window state alone."""

from dataclasses import replace

from ac_desktop.model.address import parse_address
from ac_desktop.model.attempts import StoredAttempt
from ac_desktop.model.connection import CircuitState, Connection, ConnectionSettings
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, ConnectionState, Outcome
from ac_desktop.relay.progress import Progress
from ac_desktop.store.history.history import Event, EventKind
from ac_desktop.store.queue.records import StateCounts
from ac_desktop.ui.base.window_state import WindowState

NOW = 1_795_000_000.0


def connection(state: ConnectionState = ConnectionState.ACTIVE, streak: int = 0) -> Connection:
    return Connection(
        id=7,
        settings=ConnectionSettings(
            name="Spring Appeal",
            address=parse_address("https://myorg.api-us1.com"),
            list_id="19",
            list_name="Donors",
        ),
        circuit=CircuitState(state=state, streak=streak),
    )


def attempt(number: int, reason: Reason) -> StoredAttempt:
    return StoredAttempt(
        id=number,
        connection_id=7,
        record_id=number,
        email=f"donor{number}@example.org",
        started_at=NOW - 60 + number,
        duration_ms=12,
        outcome=Outcome.WAITING,
        cause=Cause.ACCOUNT,
        reason=reason,
        streak=number,
        contact_payload={"contact": {"email": f"donor{number}@example.org"}},
        list_payload=None,
        steps=(),
    )


def window_state(
    state: ConnectionState = ConnectionState.ACTIVE,
    *reasons: Reason,
    waiting: int = 0,
    progress: Progress | None = None,
    counts: StateCounts | None = None,
    practice: bool = False,
) -> WindowState:
    shown = connection(state, len(reasons))
    made = WindowState(
        now=NOW,
        practice=practice,
        connections=(shown,),
        connection=shown,
        counts=counts or StateCounts(waiting=waiting),
        progress=progress or Progress(running=False),
        streak=tuple(attempt(number, reason) for number, reason in enumerate(reasons, 1)),
    )
    if state is not ConnectionState.INACTIVE:
        return made
    event = Event(
        id=1, connection_id=7, at=NOW - 30, kind=EventKind.DEACTIVATED, details={}, who="ann", after_attempt=5
    )
    return replace(made, switched_off=event)
