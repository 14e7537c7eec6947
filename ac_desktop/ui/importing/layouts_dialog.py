"""The layouts of files that people matched: renamed, exported as profiles and removed."""

from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.profiles.profiles import own_profile_folders, write_profile
from ac_desktop.model.wording import escape_control_characters, readable_date, tr
from ac_desktop.platform.local_time import local_day
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.imports.layouts import LONGEST_NAME, KnownLayout
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.bridge import Bridge
from ac_desktop.ui.base.cell_delegate import Index
from ac_desktop.ui.base.dialogs import ask_before_discarding, plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.importing.field_texts import field_name

_CHARACTERS_WIDE: Final = 110
_ROWS_SHOWN: Final = 7
_NO_PARENT: Final = QModelIndex()
_SAFE: Final = frozenset(" -_()")


class LayoutCol(IntEnum):
    """The columns of the table of layouts."""

    NAME = 0
    COLUMNS = 1
    CHANGED = 2


class LayoutsModel(QAbstractTableModel):
    """The layouts by their names; `renamed` asks for another name of one, by its fingerprint."""

    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.layouts: list[KnownLayout] = []

    def show_layouts(self, layouts: list[KnownLayout]) -> None:
        """Show other layouts."""
        if layouts != self.layouts:
            self.beginResetModel()
            self.layouts = layouts
            self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of layouts."""
        return 0 if parent.isValid() else len(self.layouts)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(LayoutCol)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title of a column."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        titles = {
            LayoutCol.NAME: tr("Name"),
            LayoutCol.COLUMNS: tr("Matched columns"),
            LayoutCol.CHANGED: tr("Last changed"),
        }
        return titles[LayoutCol(section)]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a cell: a name can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == LayoutCol.NAME else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        known = self.layouts[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return known.name
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        text = _cell_text(known, LayoutCol(index.column()))
        return formatting.tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name; it is shown once it is stored."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() != LayoutCol.NAME:
            return False
        known = self.layouts[index.row()]
        if str(value) != known.name:
            self.renamed.emit(known.fingerprint, str(value))
        return True


class LayoutsDialog(QDialog):
    """Shows the layouts; each change is stored at once."""

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._bridge = bridge
        self.model = LayoutsModel(self)
        self.table = QTableView()
        self.message = small_label("")
        self.rename = QPushButton(tr("&Rename"))
        self.export = QPushButton(tr("&Export…"))
        self.remove = QPushButton(tr("Re&move…"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._lay_out()
        self.model.renamed.connect(self._rename)
        self.model.modelReset.connect(self._name_buttons)
        self.table.selectionModel().currentChanged.connect(self._name_buttons)
        self.rename.clicked.connect(self._edit_name)
        self.export.clicked.connect(self._choose_file)
        self.remove.clicked.connect(self._ask_to_remove)
        self.buttons.rejected.connect(self.reject)
        self._name_buttons()
        self._read("")

    def _lay_out(self) -> None:
        self.setWindowTitle(tr("Known layouts"))
        help_key(self, Topic.IMPORT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plain_buttons(self.buttons)
        self._style_table()
        side = QVBoxLayout()
        for button in (self.rename, self.export, self.remove):
            button.setAutoDefault(False)
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.addWidget(self.table, 1)
        middle.addLayout(side)
        text = tr(
            "AC Desktop remembers the columns that you matched. It reads the next file with the same headings in the "
            "same way."
        )
        layout = QVBoxLayout(self)
        layout.addWidget(small_label(text))
        layout.addLayout(middle, 1)
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        available = self.screen().availableSize().width() * 9 // 10
        self.resize(min(self.fontMetrics().averageCharWidth() * _CHARACTERS_WIDE, available), self.sizeHint().height())

    def _style_table(self) -> None:
        table, header = self.table, self.table.horizontalHeader()
        table.setModel(self.model)
        table.setAccessibleName(tr("Known layouts"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.EditKeyPressed | triggers.DoubleClicked)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(LayoutCol.CHANGED, QHeaderView.ResizeMode.ResizeToContents)
        row = table.fontMetrics().height() * 3 // 2
        table.verticalHeader().setDefaultSectionSize(row)
        table.setMinimumHeight(row * _ROWS_SHOWN)

    @property
    def current(self) -> KnownLayout | None:
        """The layout in focus."""
        row = self.table.currentIndex().row()
        return self.model.layouts[row] if 0 <= row < len(self.model.layouts) else None

    def export_to(self, known: KnownLayout, name: str) -> None:
        """Write a layout as a profile into a file that was chosen."""
        path = Path(name)
        self._bridge.run(partial(write_profile, path, known), partial(self._exported, known, path), self._fail)

    def _read(self, message: str, here: str = "") -> None:
        """Read the layouts again; the focus stays on one of them."""
        self._bridge.run(self._services.layouts.all, partial(self._show_layouts, message, here), self._fail)

    def _show_layouts(self, message: str, here: str, layouts: list[KnownLayout]) -> None:
        self.model.show_layouts(layouts)
        row = next((row for row, one in enumerate(layouts) if one.fingerprint == here), 0)
        self.table.setCurrentIndex(self.model.index(row, LayoutCol.NAME))
        empty = tr("No layout is known yet. AC Desktop remembers the columns that you match.")
        self.message.setText(message or ("" if layouts else empty))

    def _name_buttons(self, *_: object) -> None:
        for button in (self.rename, self.export, self.remove):
            button.setEnabled(self.current is not None)

    def _edit_name(self) -> None:
        self.table.edit(self.table.currentIndex().siblingAtColumn(LayoutCol.NAME))

    def _rename(self, fingerprint: str, name: str) -> None:
        rename = partial(self._services.layouts.rename, fingerprint, name)
        self._bridge.run(rename, partial(self._renamed, fingerprint, name), self._fail)

    def _renamed(self, fingerprint: str, name: str, is_taken_over: bool) -> None:  # noqa: FBT001  the bridge's result
        text = tr(
            "“{name}” can't be the name. It must be new, and have 1 to {longest} characters.",
            name=name,
            longest=LONGEST_NAME,
        )
        self._read("" if is_taken_over else text, fingerprint)

    def _choose_file(self) -> None:
        known = self.current
        if known is None:
            return
        name = "".join(one if one.isalnum() or one in _SAFE else "-" for one in known.name)
        dialog = QFileDialog(self, tr("Export layout"), f"{name}.toml", tr("Export profiles (*.toml)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.fileSelected.connect(partial(self.export_to, known))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _exported(self, known: KnownLayout, path: Path, _nothing: None) -> None:
        self.message.setText(
            tr(
                "“{name}” was saved as {file}. To use it on another computer, copy it there into {folder}.",
                name=known.name,
                file=path.name,
                folder=own_profile_folders()[0],
            )
        )

    def _ask_to_remove(self) -> None:
        known = self.current
        if known is not None:
            question = tr("Remove “{name}”? AC Desktop will ask again for files with these headings.", name=known.name)
            ask_before_discarding(self, tr("Remove layout"), question, partial(self._remove, known.fingerprint))

    def _remove(self, fingerprint: str) -> None:
        remove = partial(self._services.layouts.remove, fingerprint)
        self._bridge.run(remove, self._removed, self._fail)

    def _removed(self, _nothing: None) -> None:
        self._read("")

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, StoreError | ImportFileError):
            raise error
        self.message.setText(str(error))


def _cell_text(known: KnownLayout, column: LayoutCol) -> str:
    match column:
        case LayoutCol.NAME:
            text = privacy_mask.mask_text(known.name)
        case LayoutCol.COLUMNS:
            headings = [(field, known.layout.columns.get(field.value, "")) for field in Field]
            text = " · ".join(
                f"{field_name(field)}: {privacy_mask.mask_text(' '.join(heading.split()))}"
                for field, heading in headings
                if heading
            )
        case LayoutCol.CHANGED:
            text = readable_date(local_day(known.changed_at))
    return escape_control_characters(text)
