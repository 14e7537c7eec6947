from dataclasses import replace

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.relay.progress import Progress
from ac_desktop.store.queue.records import StateCounts
from ac_desktop.ui.base.window_state import ConnectionOverview, WindowState
from ac_desktop.ui.main.sidebar.model import SidebarModel
from ac_desktop.ui.main.sidebar.rows import ConnectionRow, StateRow, sidebar_rows
from tests.ui.window_states import connection, window_state

STATES = (None, RecordState.WAITING, RecordState.FAILED)


def shown(waiting: int = 0, progress: Progress | None = None, state: ConnectionState | None = None) -> WindowState:
    made = connection(state or ConnectionState.ACTIVE)
    overview = ConnectionOverview(made, waiting=waiting, sending=2, progress=progress)
    counts = StateCounts(waiting=waiting, failed=4)
    return replace(window_state(counts=counts), connection=made, connections=(made,), overviews=(overview,))


def lines(state: WindowState) -> list[str]:
    return [row.line for row in sidebar_rows(state, STATES, None) if isinstance(row, ConnectionRow)]


def test_a_connection_says_what_waits_and_what_it_does() -> None:
    assert lines(shown()) == ["Active · nothing waiting"]
    assert lines(shown(37)) == ["Active · 37 waiting"]
    assert lines(shown(1, state=ConnectionState.INACTIVE)) == ["Inactive · 1 waiting"]
    assert lines(shown(100, Progress(running=True, sent=160, failed=11))) == ["Relaying · 171 of 273"]


def test_the_chosen_connection_has_its_states_below_it() -> None:
    rows = sidebar_rows(shown(37), STATES, RecordState.FAILED)
    assert [row.spoken for row in rows[1:]] == ["All donors, 41", "Waiting, 37", "Failed, 4"]
    assert [row.is_chosen for row in rows if isinstance(row, StateRow)] == [False, False, True]
    alone = sidebar_rows(shown(37), STATES, RecordState.FAILED, has_states=False)
    assert [type(row) for row in alone] == [ConnectionRow]


def test_the_model_keeps_its_rows_while_only_counts_change(qtbot: QtBot) -> None:
    model = SidebarModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.show_rows(sidebar_rows(shown(37), STATES, None))
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        assert not model.show_rows(sidebar_rows(shown(36), STATES, None))
    assert model.place_of_chosen() == 1
    assert model.show_rows(())
    assert model.place_of_chosen() == -1
