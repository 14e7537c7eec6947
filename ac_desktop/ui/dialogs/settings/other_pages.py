"""Notices, data and privacy, network, and updates."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base.visual.kinds import ButtonKind, set_button_kind
from ac_desktop.ui.base.window_settings import WindowSettings
from ac_desktop.ui.dialogs.settings.access import SettingsAccess
from ac_desktop.ui.dialogs.settings.page import SettingsPage


class NoticesPage(SettingsPage):
    """When the system shows a notice while another program is in front."""

    def __init__(self, settings: WindowSettings, parent: QWidget | None = None) -> None:
        super().__init__(tr("Notices"), "notices", parent)
        self._settings = settings
        self.at_end = QCheckBox(tr("Show a notice when a &relay ends"))
        self.at_end.setChecked(settings.notifies_of_end)
        self.at_end.toggled.connect(self._keep)
        self.add_check(self.at_end, tr("You see it also while another program is in front."))
        self.add_text(tr("A connection that becomes inactive always shows a notice."))
        self.finish()

    @property
    def has_defaults(self) -> bool:
        """Whether anything on the page has a default to go back to."""
        return True

    def restore_defaults(self) -> None:
        """Show a notice when a relay ends."""
        self.at_end.setChecked(True)

    def _keep(self, on: bool) -> None:  # noqa: FBT001  Qt's own signal
        self._settings.notifies_of_end = on


class DataPage(SettingsPage):
    """How long personal data is kept, and how a person is erased."""

    def __init__(self, access: SettingsAccess, parent: QWidget | None = None) -> None:
        super().__init__(tr("Data and privacy"), "data", parent)
        self._access = access
        self.kept = self.add_text("")
        self.retention = _button(tr("Change how long data is &kept…"), access.retention)
        self.erase = _button(tr("&Erase a person…"), access.erase)
        set_button_kind(self.erase, ButtonKind.DANGER)
        self.add_buttons(self.retention)
        self.add_heading(tr("Erase one person"))
        self.add_text(tr("Deletes everything about one donor permanently, and shows an erasure record."))
        self.add_buttons(self.erase)
        self.finish()
        self.show_settings()

    def show_settings(self) -> None:
        """Show for how long data is kept now."""
        days = self._access.kept_days()
        if days is None:
            self.kept.setText(tr("Personal data of sent and skipped donors is kept indefinitely."))
            return
        self.kept.setText(
            ntr(
                "Personal data of sent and skipped donors is kept for {count} day.",
                "Personal data of sent and skipped donors is kept for {count} days.",
                days,
            )
        )


class NetworkPage(SettingsPage):
    """How the program reaches ActiveCampaign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Network"), "network", parent)
        self.add_text(tr("AC Desktop connects to ActiveCampaign directly and always encrypted. It uses no proxy."))
        self.add_text(tr("You set the speed of each account under Connection > Connection settings."))
        self.finish()


class UpdatesPage(SettingsPage):
    """Whether to look for a newer version."""

    def __init__(self, access: SettingsAccess, parent: QWidget | None = None) -> None:
        super().__init__(tr("Updates"), "updates", parent)
        self._settings = access.settings
        self.weekly = QCheckBox(tr("Look for a newer version once a &week"))
        self.check = _button(tr("&Check for updates…"), access.updates)
        if access.can_check_for_updates():
            self.weekly.setChecked(self._settings.asks_for_updates)
            self.weekly.toggled.connect(self._keep)
            self.add_check(self.weekly, tr("Nothing is installed automatically, and nothing about you is sent."))
            self.add_buttons(self.check)
        else:
            self.add_text(tr("This copy of AC Desktop doesn't look for updates."))
        self.finish()

    @property
    def has_defaults(self) -> bool:
        """Whether anything on the page has a default to go back to."""
        return not self.weekly.isHidden()

    def restore_defaults(self) -> None:
        """Do not look for a newer version until a person chooses so."""
        self.weekly.setChecked(False)

    def _keep(self, on: bool) -> None:  # noqa: FBT001  Qt's own signal
        self._settings.asks_for_updates = on


def _button(text: str, action: QAction) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(action.trigger)
    return button
