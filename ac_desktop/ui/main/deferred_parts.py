"""The widgets and controllers that the main window has only after its first paint."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ac_desktop.importing.prepared_reader import Readers
from ac_desktop.ui.dialogs.privacy_controller import PrivacyController
from ac_desktop.ui.dialogs.update_controller import UpdateController
from ac_desktop.ui.dialogs.verify_controller import VerifyController
from ac_desktop.ui.importing.controller import ImportController
from ac_desktop.ui.importing.flow import ImportFlow
from ac_desktop.ui.importing.import_notice import ImportNotice
from ac_desktop.ui.importing.sheet import ImportSheet
from ac_desktop.ui.log.details import DetailsPane
from ac_desktop.ui.log.pane import LogPane
from ac_desktop.ui.main.automation_parts import AutomationParts
from ac_desktop.ui.main.controller import WindowController
from ac_desktop.ui.main.help_controller import HelpController
from ac_desktop.ui.main.relay_controller import RelayController
from ac_desktop.ui.main.settings_controller import SettingsController
from ac_desktop.ui.main.status.activity_dialog import ActivityDialog
from ac_desktop.ui.office.office_controller import INVITATION_SUFFIX, OfficeController
from ac_desktop.ui.queue.controller import QueueController


@dataclass(frozen=True, kw_only=True)
class DeferredParts:
    """The widgets and controllers that are built after the first paint."""

    log: LogPane
    details: DetailsPane
    activity: ActivityDialog
    readers: Readers
    flow: ImportFlow
    sheet: ImportSheet
    import_notice: ImportNotice
    relay_controller: RelayController
    window_controller: WindowController
    queue_controller: QueueController
    import_controller: ImportController
    help_controller: HelpController
    update_controller: UpdateController
    privacy_controller: PrivacyController
    settings_controller: SettingsController
    automation: AutomationParts
    verify_controller: VerifyController
    office_controller: OfficeController

    def open_files(self, paths: Sequence[Path]) -> None:
        """Import files that were dropped or opened, or join an office by an invitation."""
        if self.is_for_office(paths):
            self.office_controller.join(paths[0])
        else:
            self.import_controller.import_files(paths)

    @staticmethod
    def is_for_office(paths: Sequence[Path]) -> bool:
        """Whether files are an invitation to an office."""
        return [path.suffix.lower() for path in paths] == [INVITATION_SUFFIX]
