"""The notices for a person whose window is not in front, in the system tray, and the menu of its icon."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.window_state import WindowState


class TrayNotice(QObject):
    """Shows notices, and reports once a start, and whenever it happens, that a connection was switched off.

    `clicked` asks for the window, `connection_wanted` for a connection by its number, too, `quit_wanted` for the end.
    """

    clicked = Signal()
    connection_wanted = Signal(int)
    quit_wanted = Signal()

    def __init__(self, tray: QSystemTrayIcon | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray = tray
        self._menu: QMenu | None = None
        self._on_click: Callable[[], None] | None = None
        self._reported: frozenset[int] = frozenset()
        self._has_failed = False
        if tray is not None:
            tray.setIcon(icons.icon("app"))
            tray.setToolTip(tr("AC Desktop"))
            tray.messageClicked.connect(self._emit_message_clicked)
            tray.activated.connect(self._emit_clicked)
            self._menu = self._make_menu(tray)
            tray.show()

    @property
    def is_there(self) -> bool:
        """Whether the desktop has a system tray."""
        return self._tray is not None

    @property
    def menu(self) -> QMenu | None:
        """The menu of the icon."""
        return self._menu

    def show_state(self, state: WindowState) -> None:
        """Mark the tray icon, and report connections newly found switched off."""
        inactive = state.inactive
        fresh = [one for one in inactive if one.id not in self._reported]
        had = bool(self._reported)
        self._reported = frozenset(one.id for one in inactive)
        self._has_failed = state.counts.failed > 0
        if self._tray is None:
            return
        if bool(inactive) != had:
            self._tray.setIcon(icons.icon("inactive", Tone.PROBLEM) if inactive else icons.icon("app"))
        if fresh:
            self._tray.setToolTip(self._text(fresh))
            first = fresh[0].id
            self.show_notice(
                tr("A connection became inactive"),
                self._text(fresh),
                lambda: self.connection_wanted.emit(first),
                QSystemTrayIcon.MessageIcon.Critical,
            )
        elif had and not inactive:
            self._tray.setToolTip(tr("AC Desktop"))

    def show_notice(
        self,
        title: str,
        text: str,
        on_click: Callable[[], None] | None = None,
        icon: QSystemTrayIcon.MessageIcon = QSystemTrayIcon.MessageIcon.Warning,
    ) -> None:
        """Show a notice; a click shows the window, and then does `on_click`."""
        if self._tray is not None:
            self._on_click = on_click
            self._tray.showMessage(title, text, icon)

    def show_end(self, text: str) -> None:
        """Show how a relay ended; where anything failed it does not appear as a success."""
        icons_of = QSystemTrayIcon.MessageIcon
        self.show_notice(tr("AC Desktop"), text, icon=icons_of.Warning if self._has_failed else icons_of.Information)

    def hide(self) -> None:
        """Remove the tray icon."""
        if self._tray is not None:
            self._tray.hide()
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def _make_menu(self, tray: QSystemTrayIcon) -> QMenu:
        menu = QMenu()
        menu.addAction(tr("&Open AC Desktop")).triggered.connect(self._emit_open)
        menu.addAction(tr("&Quit")).triggered.connect(self._emit_quit)
        tray.setContextMenu(menu)
        return menu

    def _text(self, connections: list[Connection]) -> str:
        names = ", ".join(one.name for one in connections)
        return tr("{names}: no donors are sent until you test and reactivate. No donors were lost.", names=names)

    def _emit_clicked(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how is not QSystemTrayIcon.ActivationReason.Context:
            self.clicked.emit()

    def _emit_message_clicked(self) -> None:
        on_click, self._on_click = self._on_click, None
        self.clicked.emit()
        if on_click is not None:
            on_click()

    def _emit_open(self) -> None:
        self.clicked.emit()

    def _emit_quit(self) -> None:
        self.quit_wanted.emit()
