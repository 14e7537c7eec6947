"""The names of states and outcomes on the terminal."""

from ac_desktop.model.states import ConnectionState, Outcome
from ac_desktop.model.wording import tr


def state_name(state: ConnectionState) -> str:
    """Return the name of a connection's state."""
    match state:
        case ConnectionState.ACTIVE:
            return tr("active")
        case ConnectionState.PAUSED:
            return tr("paused")
        case ConnectionState.INACTIVE:
            return tr("inactive")


def outcome_name(outcome: Outcome) -> str:
    """Return the name of an attempt's outcome."""
    match outcome:
        case Outcome.SENT:
            return tr("sent")
        case Outcome.WAITING:
            return tr("waiting")
        case Outcome.FAILED:
            return tr("failed")
        case Outcome.HELD:
            return tr("held")
        case Outcome.TAKEN:
            return tr("accepted")
