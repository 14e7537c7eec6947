from dataclasses import replace

from PySide6.QtGui import QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QListView
from pytestqt.qtbot import QtBot

from ac_desktop.model.states import ConnectionState, RecordState
from ac_desktop.relay.progress import Progress
from ac_desktop.store.queue.records import StateCounts
from ac_desktop.ui.base.theme import apply_theme, dark_palette
from ac_desktop.ui.base.visual.colors import DARK, LIGHT
from ac_desktop.ui.base.window_state import ConnectionOverview, WindowState
from ac_desktop.ui.main.sidebar.delegate import SidebarDelegate
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


def test_a_dark_sidebar_has_the_icons_of_dark_colors(qtbot: QtBot, qapp: QApplication) -> None:
    before = QPalette(qapp.palette())
    apply_theme(qapp, dark_palette())
    view = QListView()
    qtbot.addWidget(view)
    model = SidebarModel(view)
    model.show_rows(sidebar_rows(shown(37), (RecordState.FAILED,), None))
    view.setModel(model)
    view.setItemDelegate(SidebarDelegate(view))
    view.resize(204, 200)
    picture = view.grab().toImage()
    area = view.visualRect(model.index(1))
    places = [(x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom())]
    reds = [color.red() for x, y in places if (color := picture.pixelColor(x, y)).red() > color.green() + 30]
    apply_theme(qapp, before)
    assert max(reds) > LIGHT.failed.text.red() + 40, "as bright as on dark, and not as dark as on light"
    assert max(reds) <= DARK.failed.text.red()
