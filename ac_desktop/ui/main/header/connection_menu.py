"""The menu of the chosen connection: behind the header's three dots, and over its row in the sidebar."""

from PySide6.QtWidgets import QMenu, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.actions import Actions


class ConnectionMenu(QMenu):
    """What can be done with the connection, and above it the facts that a narrow header leaves out."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(tr("More"), parent)
        self.setToolTipsVisible(True)
        self._facts = self.addAction("")
        self._facts.setEnabled(False)
        self._below_facts = self.addSeparator()
        self.addAction(actions.edit)
        self.addAction(actions.watch)
        self.addAction(actions.automatic)
        self.addSeparator()
        self.addAction(actions.pause)
        self.addAction(actions.test)
        self.addAction(actions.reactivate)
        self.show_facts("")

    def show_facts(self, text: str) -> None:
        """Show what the header has no space for; nothing where it has."""
        self._facts.setText(text.replace("&", "&&"))
        self._facts.setVisible(bool(text))
        self._below_facts.setVisible(bool(text))

    @property
    def facts(self) -> str:
        """What the header has no space for."""
        return self._facts.text().replace("&&", "&")
