"""What the main window gets after its first paint: log, details, the import, and what its actions do."""

import gc
import importlib
from typing import Final

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
from ac_desktop.ui.verify.conduct import VerifyConduct

_NEXT: Final = (
    "ac_desktop.store.composing",
    "ac_desktop.activecampaign.client",
    "ac_desktop.relay.engine",
    "ac_desktop.places",
    "platformdirs",
)
"""What the first look at a long list, the first relay and the first import need; 150 ms of the processor."""
SETTLED_MS: Final = 2000
"""So long after it was furnished, a window's modules are loaded and its first rows read."""


def settle() -> None:
    """Leave all that is there now out of every later search for cycles.

    It stays until the program ends: 69,000 objects, for which each search held every thread up for 35 ms.
    """
    gc.freeze()


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
    window.verify = VerifyConduct(window, services)
    _connect(window, services)
    window.bridge.run(_load_next, _keep_going)


def _load_next() -> None:
    """Load beside the idle window what would hold it up, or compete with it, when somebody waits for it."""
    for name in _NEXT:
        importlib.import_module(name)


def _keep_going(_nothing: None) -> None:
    """Nothing more to do."""


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
