"""What the main window builds after its first paint: log, details, the import, and the controllers."""

import importlib
from functools import partial
from typing import Final

from ac_desktop.importing.prepared_reader import Readers
from ac_desktop.platform.login_start import login_start
from ac_desktop.services import Services
from ac_desktop.store.office.editing import Editing
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_S
from ac_desktop.ui.dialogs.dialog_openers import DialogOpeners
from ac_desktop.ui.dialogs.help_topics import Topic, explain
from ac_desktop.ui.dialogs.privacy_controller import PrivacyController
from ac_desktop.ui.dialogs.settings.access import LoginSetting, SettingsAccess
from ac_desktop.ui.dialogs.update_controller import UpdateController
from ac_desktop.ui.dialogs.verify_controller import VerifyController
from ac_desktop.ui.importing.controller import ImportController
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.import_notice import ImportNotice
from ac_desktop.ui.importing.sheet import ImportSheet
from ac_desktop.ui.log.details import DetailsPane
from ac_desktop.ui.log.editors import EditorsNotice
from ac_desktop.ui.log.pane import LogPane
from ac_desktop.ui.main.automation_parts import AutomationParts
from ac_desktop.ui.main.controller import WindowController
from ac_desktop.ui.main.deferred_parts import DeferredParts
from ac_desktop.ui.main.header.relay_button import RelayAction
from ac_desktop.ui.main.help_controller import HelpController
from ac_desktop.ui.main.main_window import MainWindow
from ac_desktop.ui.main.relay_controller import RelayController
from ac_desktop.ui.main.settings_controller import SettingsController
from ac_desktop.ui.main.status.activity_dialog import ActivityDialog
from ac_desktop.ui.office.office_controller import OfficeController
from ac_desktop.ui.queue.controller import QueueController

_MODULES: Final = (
    "ac_desktop.store.queries.record_sql",
    "ac_desktop.activecampaign.client",
    "ac_desktop.relay.engine",
    "ac_desktop.platform.paths",
    "platformdirs",
)
"""What the first long list, the first relay and the first import need; 150 ms of CPU time."""


def build_deferred(window: MainWindow, services: Services, openers: DialogOpeners) -> DeferredParts:
    """Build what is missing, add it to the window and return it."""
    bridge, notifier, current, actions = window.bridge, window.message_bar, window.current, window.actions_
    activity = ActivityDialog(services, bridge, window)
    relay_controller = RelayController(services, bridge, window)
    readers = Readers(services.store)
    flow = ImportFlow(services, bridge, readers.reader_for, window)
    # Each is made in its place: what moves there is styled anew with all that is in it.
    sheet = ImportSheet(services, bridge, flow, window.frame)
    import_notice = ImportNotice(flow, sheet)
    window.frame.place_notice(import_notice)
    log = LogPane(services, window.frame.log_slot)
    details = DetailsPane(services, window.frame.inspector_slot)
    _place(window, log, details, sheet)
    import_controller = _import_controller(window, services, flow, sheet)
    help_controller = HelpController(notifier, current, actions, window)
    window_controller = _window_controller(
        window, services, openers, log, details, relay_controller, sheet, help_controller
    )
    privacy_controller = PrivacyController(
        services, bridge, notifier, window.queue.table.current_record, actions, window
    )
    queue_controller = _queue_controller(window, services, log, details, privacy_controller)
    update_controller = UpdateController(
        services, bridge, window.settings, notifier, actions, window, practice=current.practice
    )
    settings_access = _settings_access(window, services, update_controller)
    parts = DeferredParts(
        log=log,
        details=details,
        activity=activity,
        readers=readers,
        flow=flow,
        sheet=sheet,
        import_notice=import_notice,
        relay_controller=relay_controller,
        window_controller=window_controller,
        queue_controller=queue_controller,
        import_controller=import_controller,
        help_controller=help_controller,
        update_controller=update_controller,
        privacy_controller=privacy_controller,
        settings_controller=SettingsController(settings_access, actions.settings, window),
        automation=_automation_parts(window, services, import_controller),
        verify_controller=VerifyController(services, bridge, current, actions, window),
        office_controller=_office_controller(window, services, relay_controller),
    )
    _set_help_topics(window, parts)
    _connect(window, parts, services)
    bridge.run(_import_modules, _ignore_result)
    return parts


def _import_controller(
    window: MainWindow, services: Services, flow: ImportFlow, sheet: ImportSheet
) -> ImportController:
    return ImportController(
        services,
        window.bridge,
        window.message_bar,
        window.current,
        window.actions_,
        flow,
        sheet,
        window.details_splitter,
        window.queue.table,
        window.queue.filters,
        window.settings,
        window.choose_connection,
        window,
    )


def _window_controller(
    window: MainWindow,
    services: Services,
    openers: DialogOpeners,
    log: LogPane,
    details: DetailsPane,
    relay: RelayController,
    sheet: ImportSheet,
    help_controller: HelpController,
) -> WindowController:
    return WindowController(
        services,
        openers,
        window.message_bar,
        window.current,
        window.actions_,
        window.sidebar,
        window.connection_bar,
        window.banner,
        window.queue,
        log,
        details,
        relay,
        sheet,
        help_controller.why_five,
        window.refresh,
        window,
    )


def _office_controller(window: MainWindow, services: Services, relay: RelayController) -> OfficeController:
    return OfficeController(
        services,
        window.bridge,
        window.message_bar,
        window.current,
        window.actions_,
        window,
        practice=window.current.practice,
        would_be_lost=window.would_be_lost,
        close_window=window.tray_running.quit,
        relay=partial(relay.do, RelayAction.RELAY),
    )


def _queue_controller(
    window: MainWindow, services: Services, log: LogPane, details: DetailsPane, privacy: PrivacyController
) -> QueueController:
    return QueueController(
        services,
        window.bridge,
        window.message_bar,
        window.frame.show_done,
        window.current,
        window.actions_,
        window.queue,
        log,
        details,
        privacy.erase,
        window,
    )


def _automation_parts(window: MainWindow, services: Services, import_controller: ImportController) -> AutomationParts:
    return AutomationParts(
        services,
        window.bridge,
        window.message_bar,
        window.tray.show_notice,
        window.current,
        window.actions_,
        window.connection_bar,
        window.queue,
        import_controller,
        window.choose_connection,
        window.refresh,
        window,
    )


def _settings_access(window: MainWindow, services: Services, updates: UpdateController) -> SettingsAccess:
    actions = window.actions_
    return SettingsAccess(
        settings=window.settings,
        choose_language=window.choose_language,
        choose_scheme=window.choose_scheme,
        choose_text_size=window.choose_text_size,
        kept_days=partial(_kept_days, services),
        privacy_mask=actions.privacy_mask,
        retention=actions.retention,
        erase=actions.erase,
        updates=actions.updates,
        can_check_for_updates=updates.knows_whom_to_ask,
        start_at_login=None if window.current.practice else LoginSetting(login_start(), services.folder),
        has_tray=window.tray.is_there,
    )


def _kept_days(services: Services) -> int | None:
    """Return for how many days personal data is kept; None for ever."""
    return services.retention.days() or None


def _import_modules() -> None:
    """Import in the idle window what would block it, or compete with it, when somebody waits for it."""
    for name in _MODULES:
        importlib.import_module(name)


def _ignore_result(_nothing: None) -> None:
    """Do nothing more."""


def _set_help_topics(window: MainWindow, parts: DeferredParts) -> None:
    for part, topic in (
        (window.sidebar, Topic.RELAY),
        (window.connection_bar, Topic.RELAY),
        (window.connection_bar.failure_indicator, Topic.FIVE),
        (window.banner, Topic.FIVE),
        (window.queue, Topic.QUEUE),
        (parts.log, Topic.LOG),
        (parts.details, Topic.LOG),
        (parts.sheet, Topic.IMPORT),
        (parts.import_notice, Topic.IMPORT),
        (window.progress, Topic.RELAY),
        (parts.activity, Topic.RELAY),
    ):
        explain(part, topic)


def _place(window: MainWindow, log: LogPane, details: DetailsPane, sheet: ImportSheet) -> None:
    window.frame.log_slot.fill(log)
    window.frame.inspector_slot.fill(details)
    window.frame.log_opened.connect(log.set_open)
    log.set_open(window.frame.is_log_open)
    sheet.setContentsMargins(SPACE_L, SPACE_S, SPACE_L, SPACE_S)
    sheet.hide()
    window.frame.column.addWidget(sheet, 1)


def _show_editors(window: MainWindow, details: DetailsPane, editing: Editing) -> None:
    notice = EditorsNotice(editing, lambda: details.record_id, details, window.bridge)
    window.queue.record_chosen.connect(notice.look_now)
    window.bridge.changed.connect(notice.look_soon)


def _connect(window: MainWindow, parts: DeferredParts, services: Services) -> None:
    actions = window.actions_
    services.engine.subscribe(window.bridge.something_changed)
    services.database.when_changed(window.bridge.something_changed)
    services.engine.lowers_priority = True
    window.refreshing.place_seen.connect(window.sidebar.show_place)
    window.sidebar.workstations_wanted.connect(actions.workstations.trigger)
    window.refreshing.read_also(parts.log.feed.read_newer)
    for chooser in (window.connection_bar, window.sidebar):
        chooser.connection_chosen.connect(window.choose_connection)
    for about_to_import in (window.files_hover, actions.import_files.triggered):
        about_to_import.connect(lambda *_: window.bridge.run(parts.readers.prepare, _ignore_result))
    actions.relay.triggered.connect(window.connection_bar.press_relay)
    parts.sheet.shown_changed.connect(window.frame.show_sheet)
    window.queue.record_chosen.connect(parts.details.show_record)
    if services.editing is not None:
        _show_editors(window, parts.details, services.editing)
    parts.log.line_chosen.connect(parts.details.show_line)
    parts.log.toggle_wanted.connect(actions.log.trigger)
    parts.log.exported.connect(window.frame.show_done)
    parts.log.failed.connect(window.message_bar.show_error)
    actions.quit.triggered.connect(window.tray_running.quit)
    actions.privacy_mask.toggled.connect(window.set_privacy_mask)
    for language, action in actions.languages.items():
        action.triggered.connect(partial(window.choose_language, language))
    for scheme, action in actions.schemes.items():
        action.triggered.connect(partial(window.choose_scheme, scheme))
    actions.activity.toggled.connect(parts.activity.setVisible)
    parts.activity.closed.connect(actions.activity.setChecked)
    parts.activity.period_wanted.connect(window.queue.filters.choose_days)
    parts.activity.failed.connect(window.message_bar.show_error)
    window.progress.ended.connect(window.show_end)
    window.progress.ended.connect(parts.import_notice.end)
    window.tray.clicked.connect(window.come_forward)
    window.tray.connection_wanted.connect(window.choose_connection)
    window.tray.quit_wanted.connect(window.tray_running.quit)
