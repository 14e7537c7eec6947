"""The parts look and behave as the visual system has it: toast, pill, mark, empty state, and kinds of buttons."""

from PySide6.QtCore import QEvent, QPointF, QRect, QTimer
from PySide6.QtGui import QEnterEvent, QImage, QPainter
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.model.states import RecordState
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.parts.empty_state import EmptyState
from ac_desktop.ui.base.parts.painters import paint_mark, paint_pill, pill_size
from ac_desktop.ui.base.parts.pill import StatePill
from ac_desktop.ui.base.parts.toast import SHOWN_MS, Toast, ToastAction
from ac_desktop.ui.base.visual.colors import DARK, LIGHT, Colors
from ac_desktop.ui.base.visual.kinds import PROPERTY, ButtonKind, set_button_kind


def shown_toast(qtbot: QtBot) -> tuple[Toast, QTimer]:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(600, 400)
    place.show()
    toast = Toast(place)
    timer = toast.findChild(QTimer)
    assert isinstance(timer, QTimer)
    return toast, timer


def test_a_toast_leaves_by_itself_but_not_under_the_pointer(qtbot: QtBot) -> None:
    toast, timer = shown_toast(qtbot)
    toast.show_text("Removed 2 donors")
    assert toast.isVisible()
    assert (timer.isActive(), timer.interval()) == (True, SHOWN_MS)
    assert toast.accessibleName() == "Removed 2 donors"
    toast.enterEvent(QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert not timer.isActive()
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert timer.isActive()
    timer.timeout.emit()
    assert not toast.isVisible()
    assert not timer.isActive()


def test_a_toast_has_one_action_which_is_done_once(qtbot: QtBot) -> None:
    toast, _ = shown_toast(qtbot)
    done: list[str] = []
    toast.show_text("Removed 2 donors", ToastAction("Undo", lambda: done.append("undo")))
    assert toast.action_button.text() == "Undo"
    toast.action_button.click()
    toast.action_button.click()
    assert done == ["undo"]
    toast.show_text("Queued 3 donors")
    assert not toast.action_button.isVisible(), "the one before is forgotten"
    toast.close_button.click()
    assert not toast.isVisible()


def picture(colors: Colors, state: RecordState) -> QImage:
    label = formatting.record_label(state)
    font = QWidget().font()
    image = QImage(pill_size(label, font), QImage.Format.Format_ARGB32)
    image.fill(colors.base)
    painter = QPainter(image)
    paint_pill(painter, QRect(0, 0, image.width(), image.height()), label, font, colors)
    painter.end()
    return image


def test_every_state_has_a_pill_of_its_own_in_light_and_dark(qtbot: QtBot) -> None:
    for colors in (LIGHT, DARK):
        grounds = {picture(colors, state).pixelColor(6, 3).name() for state in RecordState}
        assert len(grounds) == len(RecordState)
    pill = StatePill()
    qtbot.addWidget(pill)
    assert pill.isHidden()
    pill.show_label(formatting.record_label(RecordState.HELD))
    assert (pill.word, pill.accessibleName()) == ("Held", "Held")
    pill.grab()


def test_a_mark_that_is_set_differs_in_shape_and_not_in_color_alone() -> None:
    filled = []
    for is_set in (False, True):
        image = QImage(14, 14, QImage.Format.Format_RGB32)
        image.fill(LIGHT.base)
        painter = QPainter(image)
        paint_mark(painter, QPointF(7, 7), 14, LIGHT.failed.text, LIGHT.base, is_set=is_set)
        painter.end()
        inner = [image.pixelColor(x, y).name() for x in range(3, 11) for y in range(3, 11)]
        filled.append(inner.count(LIGHT.failed.text.name()))
    assert filled[0] == 0, "a ring"
    assert 0 < filled[1] < len(inner), "a disc with a cross"


def test_an_empty_state_offers_what_it_has(qtbot: QtBot) -> None:
    state = EmptyState("find", "No results", "No donor fits this filter.")
    qtbot.addWidget(state)
    assert state.primary.isHidden()
    state.offer("Clear filters")
    assert (state.primary.isHidden(), state.secondary.isHidden()) == (False, True)
    state.show_texts("Nothing here", "Added Nobody to the queue.")
    assert state.title.text() == "Nothing here"
    state.grab()


def test_a_button_changes_its_kind(qtbot: QtBot) -> None:
    button = QPushButton("State: Held")
    qtbot.addWidget(button)
    set_button_kind(button, ButtonKind.CHIP)
    set_button_kind(button, ButtonKind.CHIP_SET)
    assert button.property(PROPERTY) == "chip-set"
