"""What the relay button shows and does, decided from the window's state."""

from dataclasses import dataclass
from enum import Enum

from ac_desktop.model.connection import Connection
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import about, tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.window_state import WindowState


class RelayAction(Enum):
    """What a click on the button does."""

    NOTHING = "nothing"
    RELAY = "relay"
    PAUSE = "pause"
    RESUME = "resume"
    REACTIVATE = "reactivate"


@dataclass(frozen=True)
class RelayButtonState:
    """The button's state: its action, its label, its icon, and why it cannot be pressed."""

    action: RelayAction
    label: str
    icon: str
    tip: str

    @property
    def is_enabled(self) -> bool:
        """Whether a click does anything."""
        return self.action is not RelayAction.NOTHING


def relay_button_state(state: WindowState) -> RelayButtonState:
    """Return the button's state."""
    waiting = state.counts.waiting
    relay = tr("Relay {donors}", donors=formatting.donors(waiting))
    if state.connection is None:
        return RelayButtonState(
            RelayAction.NOTHING,
            tr("Relay"),
            "relay",
            tr("Connect ActiveCampaign first: Connection > New connection…"),
        )
    if state.connection_state is ConnectionState.INACTIVE:
        return RelayButtonState(
            RelayAction.REACTIVATE,
            tr("Test and reactivate…"),
            "inactive",
            tr("Test the API URL, the API key and the list, then start again with one donor."),
        )
    if state.is_running and state.connection_state is ConnectionState.ACTIVE:
        return RelayButtonState(
            RelayAction.PAUSE,
            tr("Pause"),
            "pause",
            tr("Stop sending until you resume. Donors being sent now are finished first."),
        )
    if state.connection_state is ConnectionState.PAUSED:
        return _resume_state(state)
    if not waiting:
        return RelayButtonState(
            RelayAction.NOTHING,
            tr("Relay"),
            "relay",
            tr("Nothing is waiting. Import a file or add a donor."),
        )
    return RelayButtonState(
        RelayAction.RELAY,
        relay,
        "relay",
        _tip(state, state.connection, waiting),
    )


def _resume_state(state: WindowState) -> RelayButtonState:
    """Resuming starts nothing: only a relay that the pause interrupted continues (rule 15)."""
    if state.progress is not None and state.progress.is_interrupted:
        return RelayButtonState(
            RelayAction.RESUME,
            tr("Resume relaying"),
            "relay",
            tr("This connection is paused. Resuming continues the relay that you paused."),
        )
    return RelayButtonState(
        RelayAction.RESUME,
        tr("Resume"),
        "relay",
        tr("This connection is paused. Resuming sends nothing. To send, click Relay afterwards."),
    )


def _tip(state: WindowState, connection: Connection, waiting: int) -> str:
    lines = [tr("Add the waiting donors to {list}.", list=formatting.list_text(connection))]
    if state.seconds_needed is not None:
        time = about(state.seconds_needed)
        lines.append(tr("{donors}, {time}.", donors=formatting.donors(waiting), time=time))
    if state.may_read_list:
        from ac_desktop.model.relay_texts import list_reading_text

        lines.append(list_reading_text())
    return "\n".join(lines)
