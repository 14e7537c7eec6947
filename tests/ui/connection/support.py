"""What tests of dialogs share: real services with a bridge, fakes for the account, and a keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ac_desktop.model.address import AccountAddress, parse_address
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.relay.account_check import AccountList, KeyOwner
from ac_desktop.services import Services
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.connection.connection_service import ConnectionService, SeenPage
from tests.harness import Harness

T = TypeVar("T")

KEY = "marker-key-0123456789abcdef9f3c"
ANN = KeyOwner("Ann", "Lee", "ann@example.org", "ann")
HOST = "myorg.api-us1.com"


@dataclass(frozen=True)
class Preview:
    becoming_skipped: int = 0
    coming_back: int = 0
    waiting: int = 0
    other_account_or_list: bool = False


@dataclass
class FakeCheck:
    """An account that says what the test wants; an exception is raised, and every key that comes is noted."""

    owner_says: KeyOwner | Exception = ANN
    lists_say: tuple[AccountList, ...] | Exception = (AccountList("19", "Donors", 4312),)
    hidden: dict[str, AccountList | Exception] = field(default_factory=dict)
    keys: list[tuple[str, str]] = field(default_factory=list)

    def owner(self, address: AccountAddress, key: str, pace: int = 4) -> KeyOwner:
        assert pace
        self.keys.append((address.account, key))
        return _said(self.owner_says)

    def lists(self, address: AccountAddress, key: str, pace: int = 4) -> tuple[AccountList, ...]:
        assert pace
        self.keys.append((address.account, key))
        return _said(self.lists_say)

    def list_named(self, address: AccountAddress, key: str, list_id: str, pace: int = 4) -> AccountList:
        assert pace
        self.keys.append((address.account, key))
        if list_id in self.hidden:
            return _said(self.hidden[list_id])
        lists = self.lists_say if isinstance(self.lists_say, tuple) else ()
        return next(one for one in lists if one.id == list_id)


def _said(answer: T | Exception) -> T:
    if isinstance(answer, Exception):
        raise answer
    return answer


class AtOnce:
    """A runner that does everything on the spot."""

    def run(
        self, function: Callable[[], T], on_done: Callable[[T], None], on_error: Callable[[Exception], None]
    ) -> None:
        try:
            result = function()
        except Exception as error:  # noqa: BLE001  handed on whole, as the bridge does
            on_error(error)
        else:
            on_done(result)


class DeferredRunner:
    """A runner that runs its tasks only when asked to."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(
        self, function: Callable[[], T], on_done: Callable[[T], None], on_error: Callable[[Exception], None]
    ) -> None:
        self.waiting.append(lambda: AtOnce().run(function, on_done, on_error))

    def go(self, which: int = 0) -> None:
        self.waiting.pop(which)()

    def go_all(self) -> None:
        while self.waiting:
            self.go()


@dataclass
class UiHarness:
    """Real services with a practice account, the bridge, and the service that the connection dialogs call."""

    harness: Harness
    bridge: Bridge
    saved: list[Connection] = field(default_factory=list)
    previews: list[tuple[int, ConnectionSettings]] = field(default_factory=list)
    preview: Preview = field(default_factory=Preview)
    is_large: bool = False

    @property
    def services(self) -> Services:
        return self.harness.services

    @cached_property
    def connection_service(self) -> ConnectionService:
        return ConnectionService.of(self.services, save=self.keep, preview_change=self.look, seen_pages=self.seen)

    def on_saved(self, connection: Connection) -> None:
        self.saved.append(connection)

    def keep(self, connection_id: int | None, settings: ConnectionSettings, key: str | None) -> Connection:
        connections, now = self.services.connections, self.services.clock.now()
        if connection_id is None:
            connection = connections.create(settings, now)
        else:
            connection = connections.change(connection_id, settings, now)
        if key:
            self.services.keys.set(connections.key_name(connection.id), key)
        return connection

    def look(self, connection_id: int, settings: ConnectionSettings) -> Preview:
        self.previews.append((connection_id, settings))
        return self.preview

    def seen(self) -> tuple[SeenPage, ...]:
        return (SeenPage("give-now", "Give Now"), SeenPage("1042", "Spring Gala"), SeenPage("volunteer", ""))

    def with_check(self, check: FakeCheck) -> ConnectionService:
        return replace(self.connection_service, check=check)

    def connection(self, name: str = "Spring", **changes: object) -> Connection:
        values: dict[str, object] = {
            "name": name,
            "address": parse_address(HOST),
            "list_id": "19",
            "list_name": "Donors",
        }
        return self.keep(None, ConnectionSettings(**(values | changes)), KEY)  # type: ignore[arg-type]

    def texts(self) -> str:
        """Return every text of any widget of the program, hidden ones too."""
        found = []
        for widget in QApplication.allWidgets():
            for name in ("text", "placeholderText", "title", "subTitle", "windowTitle", "plainText", "currentText"):
                value = widget.property(name)
                if value:
                    found.append(str(value))
            found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        return "\n".join(found)


@contextmanager
def open_ui(folder: Path) -> Iterator[UiHarness]:
    with Harness(folder) as made:
        bridge = Bridge(made.services.database)
        try:
            yield UiHarness(made, bridge)
        finally:
            bridge.close()


class Keyboard:
    """A keyboard: every key is sent to whatever has the focus."""

    def __init__(self, window: QWidget, qtbot: QtBot) -> None:
        self.window = window
        self._qtbot = qtbot

    @property
    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        return focus

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, modifier)

    def alt(self, key: Qt.Key) -> None:
        self.press(key, Qt.KeyboardModifier.AltModifier)
        # A button stays down for a tenth of a second before it acts.
        self._qtbot.waitUntil(self._no_button_is_down)

    def _no_button_is_down(self) -> bool:
        buttons = self.window.findChildren(QAbstractButton) if isValid(self.window) else []
        return not any(button.isDown() for button in buttons)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def tab(self) -> None:
        self.press(Qt.Key.Key_Tab)

    def walk(self) -> list[QWidget]:
        """Press Tab once around and return every widget that gets the focus."""
        stops = [self.focus]
        while True:
            self.tab()
            if self.focus is stops[0] or len(stops) > 60:
                return stops
            stops.append(self.focus)


def unnamed(root: QWidget) -> list[str]:
    """Return the focusable controls that a screen reader has no name for."""
    found = []
    for widget in root.findChildren(QWidget):
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isVisibleTo(root):
            continue
        if widget.focusProxy() is not None or widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def mnemonics(root: QWidget) -> list[str]:
    """Return the letters that Alt takes among what is shown."""
    found = []
    for widget in root.findChildren(QWidget):
        text = str(widget.property("text") or "")
        if widget.isVisibleTo(root) and "&" in text.replace("&&", ""):
            found.append(text.replace("&&", "").split("&")[1][0].upper())
    return found
