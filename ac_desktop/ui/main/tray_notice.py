"""The notice for a person whose window is not in front: in the system tray, again at each start until dealt with."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from ac_desktop.model.connection import Connection
from ac_desktop.model.wording import tr
from ac_desktop.ui.base import icons
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.window_state import WindowState


class TrayNotice(QObject):
    """Reports once a start, and whenever it happens, that a connection was switched off."""

    clicked = Signal()

    def __init__(self, tray: QSystemTrayIcon | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tray = tray
        self._reported: frozenset[int] = frozenset()
        self._has_failed = False
        if tray is not None:
            tray.setIcon(icons.icon("app"))
            tray.setToolTip(tr("AC Desktop"))
            tray.messageClicked.connect(self.clicked)
            tray.activated.connect(self._emit_clicked)
            tray.show()

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
            self._tray.showMessage(
                tr("A connection became inactive"),
                self._text(fresh),
                QSystemTrayIcon.MessageIcon.Critical,
            )
        elif had and not inactive:
            self._tray.setToolTip(tr("AC Desktop"))

    def show_end(self, text: str) -> None:
        """Show how a relay ended; where anything failed it does not appear as a success."""
        icons_of = QSystemTrayIcon.MessageIcon
        if self._tray is not None:
            self._tray.showMessage(
                tr("AC Desktop"), text, icons_of.Warning if self._has_failed else icons_of.Information
            )

    def hide(self) -> None:
        """Remove the tray icon."""
        if self._tray is not None:
            self._tray.hide()

    def _text(self, connections: list[Connection]) -> str:
        names = ", ".join(one.name for one in connections)
        return tr("{names}: no donors are sent until you test and reactivate. No donors were lost.", names=names)

    def _emit_clicked(self, _how: QSystemTrayIcon.ActivationReason) -> None:
        self.clicked.emit()
