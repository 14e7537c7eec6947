"""What the main window gets after its first paint: log, details, the import, and what its actions do."""

from ac_desktop.services import Services
from ac_desktop.ui.conduct import Conduct
from ac_desktop.ui.help_conduct import HelpConduct
from ac_desktop.ui.hooks import WindowHooks
from ac_desktop.ui.importer.flow import ImportFlow
from ac_desktop.ui.importer.sheet import ImportSheet
from ac_desktop.ui.intake_conduct import IntakeConduct
from ac_desktop.ui.log.details import DetailsPane
from ac_desktop.ui.log.pane import LogPane
from ac_desktop.ui.main_window import MainWindow
from ac_desktop.ui.privacy.conduct import PrivacyConduct
from ac_desktop.ui.progress.activity_pane import ActivityPane
from ac_desktop.ui.queue_conduct import QueueConduct
from ac_desktop.ui.relaying import Relaying
from ac_desktop.ui.updates.conduct import UpdateConduct


def furnish(window: MainWindow, services: Services, hooks: WindowHooks) -> None:
    """Make what is missing and put it into its place."""
    window.log = LogPane(services)
    window.details = DetailsPane(services)
    window.activity = ActivityPane(services, window.bridge)
    window.relaying = Relaying(services, window.bridge, window)
    window.flow = ImportFlow(services, window.bridge, parent=window)
    window.sheet = ImportSheet(services, window.bridge, window.flow)
    _place(window)
    window.conduct = Conduct(window, services, hooks)
    window.queue_conduct = QueueConduct(window, services)
    window.intake = IntakeConduct(window, services)
    window.help = HelpConduct(window)
    window.updates = UpdateConduct(window, services, practice=window.practice)
    window.privacy = PrivacyConduct(window, services)
    _connect(window, services)


def _place(window: MainWindow) -> None:
    for at, pane in enumerate((window.log, window.details)):
        window.lower_half.addWidget(pane)
        window.lower_half.setStretchFactor(at, 1)
    window.sheet.hide()
    window.activity.hide()
    window.column.addWidget(window.sheet, 1)
    window.column.addWidget(window.activity)


def _connect(window: MainWindow, services: Services) -> None:
    actions = window.actions_
    services.engine.subscribe(window.bridge.something_changed)
    window.strip.connection_chosen.connect(window.choose_connection)
    window.queue.record_chosen.connect(window.details.show_record)
    window.log.line_chosen.connect(window.show_line)
    actions.log.toggled.connect(window.log.setVisible)
    actions.details.toggled.connect(window.details.setVisible)
    actions.activity.toggled.connect(window.activity.setVisible)
    window.progress.ended.connect(window.tray.show_end)
    window.tray.clicked.connect(window.come_forward)
