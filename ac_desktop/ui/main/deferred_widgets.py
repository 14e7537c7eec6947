"""What the main window builds after its first paint: log, details, the import, and the controllers."""

import gc
import importlib
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from ac_desktop.services import Services
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.dialogs.privacy_controller import PrivacyController
from ac_desktop.ui.dialogs.update_controller import UpdateController
from ac_desktop.ui.dialogs.verify_controller import VerifyController
from ac_desktop.ui.importing.controller import ImportController
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.sheet import ImportSheet
from ac_desktop.ui.log.details import DetailsPane
from ac_desktop.ui.log.pane import LogPane
from ac_desktop.ui.main.controller import WindowController
from ac_desktop.ui.main.dialog_openers import DialogOpeners
from ac_desktop.ui.main.help_controller import HelpController
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.relay_controller import RelayController
from ac_desktop.ui.main.status.activity_pane import ActivityPane
from ac_desktop.ui.queue.controller import QueueController

_MODULES: Final = (
    "ac_desktop.store.queries.where_clause",
    "ac_desktop.activecampaign.client",
    "ac_desktop.relay.engine",
    "ac_desktop.platform.paths",
    "platformdirs",
)
"""What the first look at a long list, the first relay and the first import need; 150 ms of the processor."""
SETTLED_MS: Final = 2000
"""So long after it was furnished, a window's modules are loaded and its first rows read."""


def freeze_objects() -> None:
    """Exclude all objects that exist now from later garbage collections.

    They live until the program ends: 69,000 objects, for which each collection held every thread up for 35 ms.
    """
    gc.freeze()


def build_deferred(window: MainWindow, services: Services, openers: DialogOpeners) -> None:
    """Build what is missing and add it to the window."""
    bridge, notifier, current, actions = window.bridge, window.message_bar, window.current, window.actions_
    window.log = LogPane(services)
    window.details = DetailsPane(services)
    window.activity = ActivityPane(services, window.bridge)
    window.relay_controller = RelayController(services, window.bridge, window)
    window.flow = ImportFlow(services, window.bridge, parent=window)
    window.sheet = ImportSheet(services, window.bridge, window.flow)
    _place(window)
    window.import_controller = ImportController(
        services,
        bridge,
        notifier,
        current,
        actions,
        window.flow,
        window.sheet,
        window.upper_half,
        window.queue.table,
        window.choose_connection,
        window,
    )
    window.help_controller = HelpController(notifier, current, actions, _help_topics(window), window)
    window.window_controller = WindowController(
        services,
        openers,
        notifier,
        current,
        actions,
        window.connection_bar,
        window.banner,
        window.queue,
        window.log,
        window.details,
        window.relay_controller,
        window.help_controller.why_five,
        window.refresh,
        window,
    )
    window.update_controller = UpdateController(
        services, bridge, window.settings, notifier, actions, window, practice=current.practice
    )
    window.privacy_controller = PrivacyController(services, bridge, notifier, window.queue.table, actions, window)
    window.queue_controller = QueueController(
        services,
        bridge,
        notifier,
        window.progress.show_message,
        current,
        actions,
        window.queue,
        window.log,
        window.details,
        window.show_line,
        window.privacy_controller.erase,
        window,
    )
    window.verify_controller = VerifyController(services, bridge, current, actions, window)
    _connect(window, services)
    window.bridge.run(_import_modules, _ignore_result)


def _import_modules() -> None:
    """Import in the idle window what would block it, or compete with it, when somebody waits for it."""
    for name in _MODULES:
        importlib.import_module(name)


def _ignore_result(_nothing: None) -> None:
    """Do nothing more."""


def _help_topics(window: MainWindow) -> tuple[tuple[QWidget, Topic], ...]:
    return (
        (window.connection_bar, Topic.RELAY),
        (window.connection_bar.failure_indicator, Topic.FIVE),
        (window.banner, Topic.FIVE),
        (window.queue, Topic.QUEUE),
        (window.log, Topic.LOG),
        (window.details, Topic.LOG),
        (window.sheet, Topic.IMPORT),
        (window.progress, Topic.RELAY),
        (window.activity, Topic.RELAY),
    )


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
    window.connection_bar.connection_chosen.connect(window.choose_connection)
    window.queue.record_chosen.connect(window.details.show_record)
    window.log.line_chosen.connect(window.show_line)
    actions.quit.triggered.connect(window.close)
    actions.privacy_mask.toggled.connect(window.set_privacy_mask)
    for language, action in actions.languages.items():
        action.triggered.connect(partial(window.choose_language, language))
    for scheme, action in actions.schemes.items():
        action.triggered.connect(partial(window.choose_scheme, scheme))
    actions.log.toggled.connect(window.log.setVisible)
    actions.details.toggled.connect(window.details.setVisible)
    actions.activity.toggled.connect(window.activity.setVisible)
    window.progress.ended.connect(window.tray.show_end)
    window.tray.clicked.connect(window.come_forward)
