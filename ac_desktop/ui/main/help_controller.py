"""What the Help menu does: the page for the part in focus, the tour, a practice window, and About."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QProcess, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.platform.paths import program
from ac_desktop.ui.base.actions import Actions
from ac_desktop.ui.base.message_bar import Notifier
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.base.window_state import CurrentState
from ac_desktop.ui.dialogs.help_dialog import open_help
from ac_desktop.ui.dialogs.help_topics import Topic, topic_at

PRACTICE_FAULTS: Final = "/practice/faults"
"""Where the practice account shows its switches."""


class HelpController(QObject):
    """Connects the window's help with what it does."""

    def __init__(
        self,
        notifier: Notifier,
        current: CurrentState,
        actions: Actions,
        parent: QWidget,
        open_page: Callable[[str], object] = QDesktopServices.openUrl,
    ) -> None:
        super().__init__(parent)
        self._open_page = open_page
        self._notifier = notifier
        self._current = current
        self._actions = actions
        self._parent = parent
        actions.help.triggered.connect(self.help_here)
        actions.help_pages.triggered.connect(self._all_pages)
        actions.five.triggered.connect(self.why_five)
        actions.tour.triggered.connect(self.tour)
        actions.practice.triggered.connect(self.practise)
        actions.about.triggered.connect(self.about)
        actions.make_it_fail.setVisible(current.practice)
        actions.make_it_fail.triggered.connect(self.make_it_fail)

    def help_here(self) -> None:
        """Show the page about the part of the window that has the focus."""
        open_help(self._parent, topic_at(QApplication.focusWidget()))

    def why_five(self) -> None:
        """Explain the rule of five."""
        open_help(self._parent, Topic.FIVE)

    def welcome(self, settings: WindowSettings) -> None:
        """Show the tour to a person who has no connection yet and has not seen it."""
        if not settings.tour_seen and self._current.connection is None:
            settings.tour_seen = True
            self.tour()

    def tour(self) -> None:
        """Show the tour."""
        from ac_desktop.ui.dialogs.tour import Tour

        tour = Tour(self._parent)
        tour.connect_wanted.connect(self._actions.new_connection.trigger)
        tour.practice_wanted.connect(self.practise)
        tour.open()

    def practise(self) -> None:
        """Open another window on a practice account; this one stays as it is."""
        command, *arguments = [*program(), "--practice"]
        if not QProcess.startDetached(command, arguments)[0]:
            self._notifier.show_error(tr("The practice window couldn't be opened. Restart AC Desktop and try again."))

    def make_it_fail(self) -> None:
        """Open the practice account's page of faults in the browser."""
        connection = self._current.connection
        if connection is not None and self._current.practice:
            page = QUrl(connection.settings.address.base).resolved(QUrl(PRACTICE_FAULTS))
            self._open_page(page.toString())

    def about(self) -> None:
        """Show what the program is."""
        from ac_desktop.ui.dialogs.about import About

        About(self._parent).open()

    def _all_pages(self) -> None:
        open_help(self._parent, Topic.START)
