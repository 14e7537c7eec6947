"""What the sidebar's rows show, decided from the window's state."""

from collections.abc import Sequence
from dataclasses import dataclass

from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.window_state import ConnectionOverview, WindowState


@dataclass(frozen=True)
class ConnectionRow:
    """A connection: its name, and a line with its state and what waits."""

    connection_id: int
    name: str
    line: str
    label: StateLabel
    is_inactive: bool
    is_chosen: bool

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return tr("{name}, {line}", name=self.name, line=self.line)


@dataclass(frozen=True)
class StateRow:
    """A state of the chosen connection's donors; None stands for all of them."""

    state: RecordState | None
    label: StateLabel
    count: int
    is_chosen: bool

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return tr("{name}, {line}", name=self.label.word, line=formatting.count(self.count))


SidebarRow = ConnectionRow | StateRow


def sidebar_rows(
    state: WindowState, states: Sequence[RecordState | None], chosen: RecordState | None, *, has_states: bool = True
) -> tuple[SidebarRow, ...]:
    """Return the rows: each connection, and below the chosen one its states."""
    rows: list[SidebarRow] = []
    for one in state.overviews:
        is_chosen = state.connection is not None and one.connection.id == state.connection.id
        rows.append(_connection_row(one, is_chosen=is_chosen))
        if is_chosen and has_states:
            rows += [_state_row(state, each, is_chosen=each is chosen) for each in states]
    return tuple(rows)


def _connection_row(overview: ConnectionOverview, *, is_chosen: bool) -> ConnectionRow:
    connection = overview.connection
    return ConnectionRow(
        connection.id,
        connection.name,
        _line(overview),
        formatting.connection_label(connection.state),
        connection.state is ConnectionState.INACTIVE,
        is_chosen,
    )


def _line(overview: ConnectionOverview) -> str:
    progress = overview.progress
    if progress is not None and progress.running:
        done, total = formatting.count(progress.done), formatting.count(progress.done + overview.unfinished)
        return tr("Relaying · {done} of {total}", done=done, total=total)
    word = formatting.connection_label(overview.connection.state).word
    waiting = overview.waiting
    number = ntr("{count} waiting", "{count} waiting", waiting) if waiting else tr("nothing waiting")
    return tr("{state} · {waiting}", state=word, waiting=number)


def _state_row(state: WindowState, record_state: RecordState | None, *, is_chosen: bool) -> StateRow:
    if record_state is None:
        label = StateLabel(tr("All donors"), "all-donors", Tone.PLAIN)
        return StateRow(None, label, state.counts.rows, is_chosen)
    return StateRow(record_state, formatting.record_label(record_state), state.counts.of(record_state), is_chosen)
