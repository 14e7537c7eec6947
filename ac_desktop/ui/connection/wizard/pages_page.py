"""The page for action pages: all of them, only some, or all but some."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.scope import ScopeKind, page_key, parse_pages
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base.forms import Form
from ac_desktop.ui.connection.connection_service import ConnectionService, ConnectionTasks, SeenPage
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.refusals import refusal
from ac_desktop.ui.connection.wizard.wizard_state import WizardState

LINES_SHOWN = 3
SEEN_SHOWN = 5


class PagesPage(WizardPage):
    """Asks from which Anedot action pages donors are taken."""

    def __init__(
        self, state: WizardState, service: ConnectionService, tasks: ConnectionTasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(WizardPageId.PAGES, state, parent)
        self.introduce(
            tr("Action pages"),
            tr("Which Anedot action pages feed this list? Donors from other pages are skipped but stay visible."),
            tr("You can change this later under Connection settings > Action pages."),
        )
        self._build()
        self._fill(())
        self.kinds.idToggled.connect(self._on_kind)
        self.pages.textChanged.connect(self._on_pages)
        self.seen.itemChanged.connect(self._on_seen)
        tasks.run(service.seen_pages, self._on_seen_pages, self._on_seen_pages_failed)

    def _build(self) -> None:
        self.all = QRadioButton(tr("&All pages"))
        self.only = QRadioButton(tr("&Only these pages"))
        self.all_but = QRadioButton(tr("All pages e&xcept these"))
        self.kinds = QButtonGroup(self)
        self.pages = QPlainTextEdit()
        self.seen = QListWidget()
        layout = QVBoxLayout(self.body)
        for number, button in enumerate((self.all, self.only, self.all_but)):
            self.kinds.addButton(button, number)
            layout.addWidget(button)
        self.pages.setTabChangesFocus(True)
        self.pages.setPlaceholderText(tr("Page IDs or web addresses, separated by commas"))
        line = self.pages.fontMetrics().height()
        self.pages.setMinimumHeight(line * (LINES_SHOWN + 1))
        self.pages.setMaximumHeight(line * (2 * LINES_SHOWN))
        self.seen.setMinimumHeight(line * SEEN_SHOWN)
        self.seen.setMaximumHeight(line * SEEN_SHOWN * 2)
        self._form = Form()
        self.fields[SettingsPart.PAGES] = self._form.add_field(tr("Page &IDs:"), self.pages)
        self._seen_field = self._form.add_field(
            tr("Page&s in imports:"),
            self.seen,
            tr("Select the pages you want. Press Space to select the highlighted page."),
        )
        layout.addSpacing(layout.spacing())
        layout.addLayout(self._form)
        layout.addStretch(1)

    def _fill(self, seen: Sequence[SeenPage]) -> None:
        for page in seen:
            item = QListWidgetItem(self._seen_text(page))
            item.setData(Qt.ItemDataRole.UserRole, page.id or page.name)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.seen.addItem(item)
        self._form.setRowVisible(self._seen_field, bool(seen))

    def _on_seen_pages(self, seen: Sequence[SeenPage]) -> None:
        self.seen.blockSignals(True)  # noqa: FBT003  Qt takes it by position
        self._fill(seen)
        self.seen.blockSignals(False)  # noqa: FBT003  Qt takes it by position
        self._show()

    def _on_seen_pages_failed(self, error: Exception) -> None:
        # Without them the page asks for IDs alone.
        if refusal(error) is None:
            raise error

    def _seen_text(self, page: SeenPage) -> str:
        if page.name and page.id:
            return tr("{name} ({id})", name=page.name, id=page.id)
        return page.name or page.id

    def show_answers(self) -> None:
        """Show the answers."""
        answers = self.state.answers
        chosen = self.kinds.buttons()[list(ScopeKind).index(answers.scope_kind)]
        chosen.setChecked(True)
        if self.pages.toPlainText() != answers.pages:
            self.pages.setPlainText(answers.pages)
        self._show()
        chosen.setFocus()

    def _on_kind(self, number: int, checked: bool) -> None:  # noqa: FBT001  Qt's signal gives it by position
        if checked:
            self.state.set_answers(replace(self.state.answers, scope_kind=list(ScopeKind)[number]))
            self._changed()

    def _on_pages(self) -> None:
        self.state.set_answers(replace(self.state.answers, pages=self.pages.toPlainText()))
        self._changed()

    def _on_seen(self, item: QListWidgetItem) -> None:
        page = str(item.data(Qt.ItemDataRole.UserRole))
        pages = [one for one in parse_pages(self.pages.toPlainText()) if page_key(one) != page_key(page)]
        if item.checkState() is Qt.CheckState.Checked:
            pages.append(page)
        self.pages.setPlainText(", ".join(pages))

    def _changed(self) -> None:
        self.fields[SettingsPart.PAGES].show_error("")
        self.touched.emit()
        self._show()

    def _show(self) -> None:
        answers = self.state.answers
        some = answers.scope_kind is not ScopeKind.ALL
        self.pages.setEnabled(some)
        self.seen.setEnabled(some)
        pages = parse_pages(answers.pages)
        chosen = {page_key(page) for page in pages}
        self.seen.blockSignals(True)  # noqa: FBT003  Qt takes it by position
        for row in range(self.seen.count()):
            item = self.seen.item(row)
            ticked = page_key(str(item.data(Qt.ItemDataRole.UserRole))) in chosen
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.seen.blockSignals(False)  # noqa: FBT003  Qt takes it by position
        self.fields[SettingsPart.PAGES].show_hint(self._understood(pages) if some else "")

    def _understood(self, pages: Sequence[str]) -> str:
        if not pages:
            return tr("The ID is the last part of the page's web address in Anedot. The page's name also works.")
        return ntr("{count} page: {pages}", "{count} pages: {pages}", len(pages), pages=tr(", ").join(pages))
