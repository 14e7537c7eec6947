"""In an office the header says which workstation this is, and whose; the sidebar says which office it is."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from ac_desktop.store.office.place import OfficePlace, OfficePresence
from ac_desktop.ui.main.header.connection_bar import ConnectionBar
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.sidebar.office_block import OfficeBlock
from tests.ui.window_states import window_state

PLACE = OfficePlace("River Trust", "Front desk", "Ann")


def bar_in(qtbot: QtBot, place: OfficePlace | None) -> ConnectionBar:
    bar = ConnectionBar()
    qtbot.addWidget(bar)
    bar.show_state(replace(window_state(), office=place))
    bar.show()
    return bar


def test_the_header_names_workstation_and_person(qtbot: QtBot) -> None:
    bar = bar_in(qtbot, PLACE)
    assert bar.workstation.isVisible()
    assert bar.workstation.text() == "Front desk · Ann"
    assert bar.workstation.toolTip() == "Office of River Trust · Front desk · Ann"


def test_a_narrow_header_leaves_them_to_the_menu(qtbot: QtBot) -> None:
    bar = bar_in(qtbot, PLACE)
    with qtbot.waitSignal(bar.left_out) as left_out:
        bar.show_short(words=False, facts=False, switch=False)
    assert not bar.workstation.isVisible()
    assert left_out.args is not None
    assert left_out.args[0].endswith("Office of River Trust · Front desk · Ann")


def test_without_an_office_there_is_no_word_of_one(qtbot: QtBot, window: MainWindow) -> None:
    assert not bar_in(qtbot, None).workstation.isVisible()
    assert window.sidebar.office is None


def test_the_sidebar_says_which_office_it_is_and_what_an_unreached_server_means(qtbot: QtBot) -> None:
    block = OfficeBlock()
    qtbot.addWidget(block)
    block.show_place(PLACE)
    assert (block.title.text(), block.reached.text()) == ("Office of River Trust", "Server reached")
    block.show_place(replace(PLACE, seen=OfficePresence(round_trip=0.0241)))
    assert block.reached.text() == "Server reached, 24 ms"
    block.show_reached(is_reached=False)
    assert block.accessibleDescription() == (
        "Server not reached. Donors in its queue are safe. This computer sends nothing until it is back."
    )
    block.show_place(PLACE)
    assert block.reached.text().startswith("Server not reached.")
