"""What the Help menu does: the page for the part in focus, the tour, a practice window, and About."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess
from PySide6.QtWidgets import QApplication

from ac_desktop.model.wording import tr
from ac_desktop.platform.paths import program
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.dialogs.help_dialog import open_help
from ac_desktop.ui.dialogs.help_topics import Topic, explain, topic_at
from ac_desktop.ui.importing.message_bar import ErrorMessage

if TYPE_CHECKING:
    from ac_desktop.ui.main.main_window import MainWindow


class HelpController(QObject):
    """Connects the window's help with what it does."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        for part, topic in (
            (window.connection_bar, Topic.RELAY),
            (window.connection_bar.failure_indicator, Topic.FIVE),
            (window.banner, Topic.FIVE),
            (window.queue, Topic.QUEUE),
            (window.log, Topic.LOG),
            (window.details, Topic.LOG),
            (window.sheet, Topic.IMPORT),
            (window.progress, Topic.RELAY),
            (window.activity, Topic.RELAY),
        ):
            explain(part, topic)
        actions = window.actions_
        actions.help.triggered.connect(self.help_here)
        actions.help_pages.triggered.connect(self._all_pages)
        actions.five.triggered.connect(self.why_five)
        actions.tour.triggered.connect(self.tour)
        actions.practice.triggered.connect(self.practise)
        actions.about.triggered.connect(self.about)

    def help_here(self) -> None:
        """Show the page about the part of the window that has the focus."""
        open_help(self._window, topic_at(QApplication.focusWidget()))

    def why_five(self) -> None:
        """Explain the rule of five."""
        open_help(self._window, Topic.FIVE)

    def welcome(self, settings: WindowSettings) -> None:
        """Show the tour to a person who has no connection yet and has not seen it."""
        if not settings.tour_seen and self._window.state.connection is None:
            settings.tour_seen = True
            self.tour()

    def tour(self) -> None:
        """Show the tour."""
        from ac_desktop.ui.dialogs.tour import Tour

        tour = Tour(self._window)
        tour.connect_wanted.connect(self._window.actions_.new_connection.trigger)
        tour.practice_wanted.connect(self.practise)
        tour.open()

    def practise(self) -> None:
        """Open another window on a practice account; this one stays as it is."""
        command, *arguments = [*program(), "--practice"]
        if not QProcess.startDetached(command, arguments)[0]:
            self._window.import_bar.show_message(ErrorMessage(tr("The practice window could not be opened.")))

    def about(self) -> None:
        """Show what the program is."""
        from ac_desktop.ui.dialogs.about import About

        About(self._window).open()

    def _all_pages(self) -> None:
        open_help(self._window, Topic.START)
