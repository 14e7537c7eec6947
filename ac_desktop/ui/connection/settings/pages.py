"""The pages of a connection's settings: the wizard's own, and one each for the name and for donor data."""

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtWidgets import QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.forms import FormField
from ac_desktop.ui.connection.wizard.answers import FieldProblem, SettingsPart
from ac_desktop.ui.connection.wizard.option_fields import DonorDataFields, NameFields
from ac_desktop.ui.connection.wizard.page import WizardPage, show_problems
from ac_desktop.ui.connection.wizard.wizard_state import WizardState
from ac_desktop.ui.dialogs.settings.page import SettingsPage


class ConnectionPageId(IntEnum):
    """The pages, in their order in the list; those of other packages follow."""

    NAME = 0
    ACCOUNT = 1
    LIST = 2
    PAGES = 3
    TEAM = 4
    DONOR_DATA = 5


class NamePage(SettingsPage):
    """Name and speed."""

    def __init__(self, state: WizardState, parent: QWidget | None = None) -> None:
        super().__init__(tr("Name and speed"), "settings", parent)
        self.names = NameFields(state, self.add_form(), self)
        self.fields: dict[SettingsPart, FormField] = {SettingsPart.NAME: self.names.name_field}
        self.finish()

    def show_problems(self, problems: Sequence[FieldProblem]) -> None:
        """Show what is to be corrected, and focus it."""
        show_problems(self.fields, problems)
        if problems:
            self.names.name.setFocus()


class DonorDataPage(SettingsPage):
    """Who is kept off the list, and which data of a donor is sent and how."""

    def __init__(self, state: WizardState, parent: QWidget | None = None) -> None:
        super().__init__(tr("Donor data"), "person", parent)
        self.donor_data = DonorDataFields(state, self.add_form(), self)
        self.finish()


class AnswersPage(SettingsPage):
    """A page of the wizard, under a title of its own."""

    def __init__(self, page: WizardPage, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(page.heading, icon, parent)
        page.leave_out_later()
        self.add_part(page)
