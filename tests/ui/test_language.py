import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ac_desktop.faults import Fault
from ac_desktop.model.connection import Connection
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.ui.connection_dialogs import ConnectionDialogs
from ac_desktop.ui.elided import ElidedLabel
from ac_desktop.ui.fault_dialog import FaultDialog
from ac_desktop.ui.language import Language, Translator, be_quiet, folder, read, speak
from ac_desktop.ui.main_window import MainWindow
from ac_desktop.ui.queue.decide_dialog import DecideDialog
from ac_desktop.ui.window import open_window
from tests.desk import Desk, donors
from tests.texts import all_texts
from tests.ui.conftest import HookCalls

_PLACEHOLDERS = re.compile(r"\{\w+\}|%L?n")
TWICE = 2.0


def spanish() -> Translator:
    return Translator(read(folder() / "ac_desktop_es.ts"))


def test_every_text_is_there_in_spanish() -> None:
    texts = read(folder() / "ac_desktop_es.ts")
    missing = {text: place for text, place in all_texts().items() if text not in {**texts.plain, **texts.counted}}
    assert missing == {}


def test_both_languages_have_the_same_placeholders() -> None:
    texts = read(folder() / "ac_desktop_es.ts")
    pairs = [*texts.plain.items(), *((source, form) for source, forms in texts.counted.items() for form in forms)]
    assert pairs
    wrong = {
        source: translation
        for source, translation in pairs
        if sorted(_PLACEHOLDERS.findall(source)) != sorted(_PLACEHOLDERS.findall(translation))
    }
    assert wrong == {}


def test_what_counts_has_a_form_for_one_and_for_many() -> None:
    translator = spanish()
    assert translator.translate("", "%Ln donor(s)", None, 1) == "%Ln donante"
    assert translator.translate("", "%Ln donor(s)", None, 5) == "%Ln donantes"
    assert translator.translate("", "Sent") == "Enviado"
    assert translator.translate("", "not a text of ours") is None
    assert not translator.isEmpty()


@pytest.fixture
def in_spanish(qapp: QApplication) -> Iterator[None]:
    translators = speak(qapp, Language.SPANISH)
    yield
    be_quiet(qapp, translators)


@pytest.mark.usefixtures("in_spanish")
def test_the_rooms_below_the_window_speak_too() -> None:
    assert tr("You") == "Usted"
    said = reason(ReasonCode.UNSUBSCRIBED, list="Donors", date="2026-08-02").text
    assert said.startswith("Dio de baja su suscripción a Donors el 2 ago. 2026")


def test_english_again() -> None:
    assert tr("You") == "You"


def make_failures(desk: Desk, connection: Connection) -> None:
    desk.queue(connection, donors(12))
    with desk.services.database.writing() as sql:
        why = reason(ReasonCode.DONOR_REFUSED, detail="x").to_json()
        sql.execute("UPDATE record SET state = 'failed', cause = 'donor', reason = ? WHERE id < 4", (why,))
        held = reason(ReasonCode.BOUNCED, list="Donors").to_json()
        sql.execute("UPDATE record SET state = 'held', reason = ? WHERE id = 5", (held,))


@pytest.fixture
def larger(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    font = QFont(before)
    font.setPointSizeF(before.pointSizeF() * TWICE)
    qapp.setFont(font)
    yield
    qapp.setFont(before)


def be_gone(window: MainWindow) -> None:
    """Close a window for good, so that its language goes with it."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def spanish_window(
    qtbot: QtBot, desk: Desk, connection: Connection, hook_calls: HookCalls, larger: None
) -> Iterator[MainWindow]:
    assert larger is None
    make_failures(desk, connection)
    settings = open_window(desk.services, hooks=hook_calls.hooks())
    settings.choose_language(Language.SPANISH)
    be_gone(settings)
    window = open_window(desk.services, hooks=hook_calls.hooks())
    window.resize(1600, 1200)
    with qtbot.waitExposed(window):
        pass
    yield window
    be_gone(window)


def english_left(root: QWidget) -> list[str]:
    """Give the texts in sight that stand there in English, though there are Spanish ones."""
    translated = {text for text, other in read(folder() / "ac_desktop_es.ts").plain.items() if text != other}
    shown = [child for child in root.findChildren(QWidget) if child.isVisibleTo(root)]
    found = [child.text() for child in shown if isinstance(child, QLabel | QAbstractButton)]
    found += [child.accessibleName() for child in shown] + [child.toolTip() for child in shown]
    return sorted({text for text in found if text in translated})


def clipped(root: QWidget) -> list[str]:
    """Give the labels and buttons that have less room than their text needs."""
    found = []
    for child in root.findChildren(QWidget):
        if not isinstance(child, QLabel | QAbstractButton | QComboBox):
            continue
        if not child.isVisible() or isinstance(child, ElidedLabel) or child.objectName().startswith("qt_"):
            continue
        text = child.currentText() if isinstance(child, QComboBox) else child.text()
        if not text:
            continue
        wanted = child.minimumSizeHint()
        if isinstance(child, QLabel) and child.wordWrap():
            wanted.setHeight(child.heightForWidth(child.width()))
            wanted.setWidth(0)
        elif isinstance(child, QLabel):
            wanted.setHeight(child.fontMetrics().height())
        if child.width() < wanted.width() or child.height() < wanted.height():
            found.append(f"{type(child).__name__} “{text}”: {child.size()} of {wanted}")
    return found


def test_the_window_speaks_spanish_and_has_room_at_twice_the_font(qtbot: QtBot, spanish_window: MainWindow) -> None:
    window = spanish_window
    window.actions_.activity.setChecked(True)
    window.queue.tabs.choose(RecordState.FAILED)
    qtbot.waitUntil(lambda: bool(window.queue.causes.cards))
    window.queue.table.selectAll()
    assert window.queue.tabs.tabText(0) == "Todos (12)" or window.queue.tabs.tabText(0).endswith("(12)")
    assert english_left(window) == []
    assert clipped(window) == []
    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert titles == ["Archivo", "Conexión", "Donante", "Ver", "Ayuda"]


DIALOGS: list[tuple[str, Callable[[MainWindow, Desk, Connection], QWidget]]] = [
    ("decide", lambda window, _desk, _connection: DecideDialog(3, "Porque sí.", window)),
    ("fault", lambda window, _desk, _connection: FaultDialog(Fault("Frase.", "informe"), Path(), window)),
]


@pytest.mark.parametrize(("name", "make"), DIALOGS, ids=[name for name, _ in DIALOGS])
def test_dialogs_speak_spanish_and_have_room(
    qtbot: QtBot,
    spanish_window: MainWindow,
    desk: Desk,
    connection: Connection,
    name: str,
    make: Callable[[MainWindow, Desk, Connection], QWidget],
) -> None:
    dialog = make(spanish_window, desk, connection)
    dialog.show()
    with qtbot.waitExposed(dialog):
        pass
    assert name
    assert english_left(dialog) == []
    assert clipped(dialog) == []
    dialog.close()


OPENED: list[str] = ["directory", "test", "new_connection", "edit_connection", "edit_key", "choose_list"]


@pytest.mark.parametrize("name", OPENED)
def test_the_dialogs_of_connections_speak_spanish_and_have_room(
    qtbot: QtBot, spanish_window: MainWindow, desk: Desk, connection: Connection, name: str
) -> None:
    window = spanish_window
    dialogs = ConnectionDialogs(desk.services)
    dialogs.use(window)
    opener = getattr(dialogs, name)
    before = set(QApplication.topLevelWidgets())
    opener(window) if name in {"directory", "new_connection"} else opener(window, connection.id)
    opened = [one for one in QApplication.topLevelWidgets() if one not in before and isinstance(one, QDialog)]
    assert len(opened) == 1
    dialog = opened[0]
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
    assert english_left(dialog) == []
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    dialog.close()
    qtbot.waitUntil(lambda: not window.bridge.is_busy)
