"""What the sidebar's rows show, decided from the window's state."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.window_state import ConnectionOverview, WindowState

if TYPE_CHECKING:
    from ac_desktop.store.office.place import OfficePlace, SeenWorkstation


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


@dataclass(frozen=True)
class WorkstationRow:
    """A workstation of the office: its name, and a line with who is there and what they do."""

    name: str
    person: str
    line: str
    is_relaying: bool
    is_chosen: Final = False

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return tr("{name}, {line}", name=self.name, line=self.line)


SidebarRow = ConnectionRow | StateRow | WorkstationRow


def sidebar_rows(
    state: WindowState, states: Sequence[RecordState | None], chosen: RecordState | None, *, has_states: bool = True
) -> tuple[SidebarRow, ...]:
    """Return the rows: each connection, and below the chosen one its states."""
    rows: list[SidebarRow] = []
    for one in state.overviews:
        is_chosen = state.connection is not None and one.connection.id == state.connection.id
        rows.append(_connection_row(state, one, is_chosen=is_chosen))
        if is_chosen and has_states:
            rows += [_state_row(state, each, is_chosen=each is chosen) for each in states]
    return tuple(rows)


def office_rows(state: WindowState, place: "OfficePlace") -> tuple[WorkstationRow, ...]:
    """Return the office's workstations: this one, those that relay, those that are there, and the last seen."""
    is_relaying_here = any(one.progress is not None and one.progress.running for one in state.overviews)
    ordered = sorted(
        place.seen.workstations,
        key=lambda one: (
            not place.is_here(one),
            not one.relaying,
            one.offline_since is not None,
            -(one.offline_since or 0),
        ),
    )
    return tuple(
        _workstation_row(one, state.now, is_here=place.is_here(one), is_relaying_here=is_relaying_here)
        for one in ordered
    )


def _workstation_row(one: "SeenWorkstation", now: float, *, is_here: bool, is_relaying_here: bool) -> WorkstationRow:
    is_relaying = bool(one.relaying) or (is_here and is_relaying_here)
    if is_here:
        line = (
            tr("{person} (you) · relaying", person=one.person)
            if is_relaying
            else tr("{person} (you) · watching", person=one.person)
        )
    elif one.offline_since is not None:
        line = tr("{person} · offline, {time}", person=one.person, time=formatting.when(one.offline_since, now))
    else:
        line = (
            tr("{person} · relaying", person=one.person)
            if is_relaying
            else tr("{person} · watching", person=one.person)
        )
    return WorkstationRow(one.name, one.person, line, is_relaying)


def _connection_row(state: WindowState, overview: ConnectionOverview, *, is_chosen: bool) -> ConnectionRow:
    connection = overview.connection
    is_active = connection.state is ConnectionState.ACTIVE
    relays = state.office.relayed_by(connection.id) if state.office is not None and is_active else None
    return ConnectionRow(
        connection.id,
        connection.name,
        _line(overview, relays.person if relays is not None else ""),
        formatting.connection_label(connection.state),
        connection.state is ConnectionState.INACTIVE,
        is_chosen,
    )


def _line(overview: ConnectionOverview, relayed_by: str) -> str:
    progress = overview.progress
    if progress is not None and progress.running:
        done, total = formatting.count(progress.done), formatting.count(progress.done + overview.unfinished)
        return tr("Relaying · {done} of {total}", done=done, total=total)
    waiting = overview.waiting
    number = ntr("{count} waiting", "{count} waiting", waiting) if waiting else tr("nothing waiting")
    if relayed_by:
        return tr("{person} relays · {waiting}", person=relayed_by, waiting=number)
    word = formatting.connection_label(overview.connection.state).word
    return tr("{state} · {waiting}", state=word, waiting=number)


def _state_row(state: WindowState, record_state: RecordState | None, *, is_chosen: bool) -> StateRow:
    if record_state is None:
        label = StateLabel(tr("All donors"), "all-donors", Tone.PLAIN)
        return StateRow(None, label, state.counts.rows, is_chosen)
    return StateRow(record_state, formatting.record_label(record_state), state.counts.of(record_state), is_chosen)
