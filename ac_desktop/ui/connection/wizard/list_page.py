"""The list page: all lists by name, or any list by its number."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.model.address import AddressError, parse_list_id
from ac_desktop.model.wording import ntr, tr
from ac_desktop.ui.base.forms import Form
from ac_desktop.ui.base.parts.current_row import follow_selection
from ac_desktop.ui.base.parts.search_line import offer_clearing
from ac_desktop.ui.connection.wizard.account_queries import AccountQueries
from ac_desktop.ui.connection.wizard.answers import SettingsPart, WizardPageId
from ac_desktop.ui.connection.wizard.check_line import CheckLine, CheckStatus
from ac_desktop.ui.connection.wizard.list_model import COL_NAME, ID_ROLE, NUMBERS, ListFilter, ListModel
from ac_desktop.ui.connection.wizard.page import WizardPage
from ac_desktop.ui.connection.wizard.wizard_state import WizardState
from ac_desktop.ui.dialogs.help_dialog import open_help
from ac_desktop.ui.dialogs.help_topics import Topic

TYPING_PAUSE_MS: Final = 500
ROWS_SHOWN: Final = 6


class ListPage(WizardPage):
    """Asks for the list that donors are put onto."""

    def __init__(self, state: WizardState, queries: AccountQueries, parent: QWidget | None = None) -> None:
        super().__init__(WizardPageId.LIST, state, parent)
        self._queries = queries
        self.introduce(
            tr("List"),
            tr("Every donor is added to this ActiveCampaign list."),
            tr("You can change this later under Connection settings > List."),
        )
        self.model = ListModel(self)
        self.shown = ListFilter(self.model, self)
        self._build()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause)
        self.filter.textChanged.connect(self._on_filter)
        self.filter.returnPressed.connect(self._on_filter_return)
        self.number.textChanged.connect(self._on_number)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        follow_selection(self.table)
        self.table.doubleClicked.connect(self._on_double_click)
        self.again.clicked.connect(self._on_again)
        queries.changed.connect(self._show)

    def _build(self) -> None:
        self.filter = QLineEdit()
        self.number = QLineEdit()
        self.table = QTableView()
        self.again = QPushButton(tr("&Test again"))
        self.again.setAutoDefault(False)
        self.status = CheckLine()
        offer_clearing(self.filter)
        self.table.setModel(self.shown)
        self.table.setAccessibleName(tr("Lists of the account"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(COL_NAME, Qt.SortOrder.AscendingOrder)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(COL_NAME, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setHighlightSections(False)
        for column in NUMBERS:
            self.table.setColumnWidth(column, self.table.horizontalHeader().sectionSizeHint(column) * 5 // 4)
        row = self.table.fontMetrics().height() * 3 // 2
        self.table.verticalHeader().setDefaultSectionSize(row)
        self.table.setMinimumHeight(row * (ROWS_SHOWN + 1))
        form = Form()
        self._filter_field = form.add_field(tr("&Filter:"), self.filter)
        form.addRow(self.table)
        self.fields[SettingsPart.LIST] = form.add_field(
            tr("List I&D:"),
            self._number_and_help(),
            tr("Choose above, enter the ID, or paste the list's web address (…?listid=19)."),
        )
        line = QHBoxLayout()
        line.addWidget(self.status, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.again)
        layout = QVBoxLayout(self.body)
        layout.addLayout(form, 1)
        layout.addLayout(line)

    def _number_and_help(self) -> QWidget:
        """Lay the number out beside the question that many people have about it."""
        self.what_is_it = QPushButton(tr("W&here do I find the list ID?"))
        self.what_is_it.setAutoDefault(False)
        self.what_is_it.setFlat(True)
        self.what_is_it.clicked.connect(self._explain)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.number, 1)
        row.addWidget(self.what_is_it)
        both.setFocusProxy(self.number)
        return both

    def _explain(self) -> None:
        open_help(self.window(), Topic.CONNECTION)

    def show_answers(self) -> None:
        """Show the answers and ask for the lists where they are not known."""
        if self.number.text() != self.state.answers.list_id:
            self.number.setText(self.state.answers.list_id)
        self._queries.ask_lists()
        self._show()
        self._ask_if_hidden()
        self.filter.setFocus()

    def check_account(self) -> bool:
        """Ask for the list of the number entered."""
        self._pause.stop()
        return self._queries.ask_list(again=True)

    @property
    def is_refused(self) -> bool:
        """Whether the number entered is not a usable list."""
        return self._queries.list_refusal is not None

    def focus_refused(self) -> None:
        """Focus the number."""
        self.focus(SettingsPart.LIST)

    def _on_filter(self, text: str) -> None:
        if "listid=" in text.casefold() or "/lists/" in text.casefold():
            try:
                number = parse_list_id(text)
            except AddressError:
                number = ""
            if number:
                self.filter.clear()
                self.number.setText(number)
                return
        self.shown.narrow(text)
        if text.strip() and self.shown.rowCount() == 1:
            self._choose_row(0)
        self._select_chosen()
        self._show()

    def _on_filter_return(self) -> None:
        if self.shown.rowCount() and self.shown.row_of(self.state.list_id() or "") < 0:
            self._choose_row(0)

    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and self.table.hasFocus():
            self._choose_row(current.row())

    def _on_double_click(self, _index: QModelIndex) -> None:
        self.next_wanted.emit()

    def _choose_row(self, row: int) -> None:
        self.number.setText(str(self.shown.index(row, COL_NAME).data(ID_ROLE)))

    def _on_number(self, text: str) -> None:
        self.state.set_answers(replace(self.state.answers, list_id=text))
        self.fields[SettingsPart.LIST].show_error("")
        self.touched.emit()
        self._pause.start()
        self._select_chosen()
        self._show()

    def _on_pause(self) -> None:
        self._ask_if_hidden()
        self._show()

    def _ask_if_hidden(self) -> None:
        proof = self.state.proof
        if proof and (proof.lists is not None or self._queries.lists_refusal) and self.state.chosen_list() is None:
            self._queries.ask_list()

    def _on_again(self) -> None:
        if self._queries.list_refusal is not None:
            self.check_account()
        else:
            self._queries.ask_lists(again=True)

    def _select_chosen(self) -> None:
        row = self.shown.row_of(self.state.list_id() or "")
        if row >= 0:
            self.table.setCurrentIndex(self.shown.index(row, COL_NAME))
        else:
            self.table.clearSelection()

    def _show(self) -> None:
        proof = self.state.proof
        lists = (proof.lists if proof else None) or ()
        if lists != self.model.lists:
            self.model.show_lists(lists)
            if len(lists) == 1 and not self.state.answers.list_id:
                self._choose_row(0)
            self._select_chosen()
            self._ask_if_hidden()
        self._filter_field.show_hint(self._count_text())
        self._show_status()

    def _count_text(self) -> str:
        proof, everything, shown = self.state.proof, len(self.model.lists), self.shown.rowCount()
        if proof is None or proof.lists is None:
            return ""
        if shown == everything:
            return ntr("{count} list", "{count} lists", everything)
        return ntr(
            "{shown} of {count} list", "{shown} of {count} lists", everything, shown=self.locale().toString(shown)
        )

    def _show_status(self) -> None:
        refusal, are_lists_complete, chosen = (
            self._queries.list_refusal,
            self._lists_message(),
            self.state.chosen_list(),
        )
        field = self.fields[SettingsPart.LIST]
        self.again.setVisible(chosen is None and (refusal is not None or are_lists_complete is not None))
        if chosen is not None:
            field.show_error("")
            self.status.show_status(CheckStatus.GOOD, self._chosen_text())
        elif refusal is not None:
            field.show_error(refusal.full_text)
            self.status.show_status(CheckStatus.BAD, tr("This list can't be used."))
        elif self._queries.is_asking_list:
            self.status.show_status(CheckStatus.ASKING, tr("Checking list {number}…", number=self.state.list_id()))
        elif are_lists_complete is not None:
            self.status.show_status(CheckStatus.BAD, are_lists_complete)
        elif self._queries.is_asking_lists or self._queries.is_asking_owner:
            self.status.show_status(CheckStatus.ASKING, tr("Loading the lists…"))
        elif self.state.proof and self.state.proof.lists == ():
            self.status.show_status(CheckStatus.WARNING, self._no_lists_text())
        else:
            self.status.show_status(CheckStatus.TO_DO, tr("No list selected yet."))

    def _lists_message(self) -> str | None:
        refusal = self._queries.lists_refusal or self._queries.owner_refusal
        if refusal is None:
            return None
        return tr("The lists can't be shown. {why} You can still enter a list ID.", why=refusal.full_text)

    def _no_lists_text(self) -> str:
        return tr(
            "The API key's owner can't see any lists in this account. Ask your ActiveCampaign admin for access, "
            "or enter a list ID. AC Desktop will check it."
        )

    def _chosen_text(self) -> str:
        chosen = self.state.chosen_list()
        if chosen is None:
            return ""
        name = chosen.name or tr("a list without a name")
        if chosen.active_subscribers is None:
            return tr("Selected: {name}, ID {number}.", name=name, number=chosen.id)
        return ntr(
            "Selected: {name}, ID {number}, {count} active subscriber.",
            "Selected: {name}, ID {number}, {count} active subscribers.",
            chosen.active_subscribers,
            name=name,
            number=chosen.id,
        )
