"""The kinds of rows on the Check page with their numbers, as a list and, where that has no room, as a box."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ac_desktop.importing.validation.warnings import WarningCode
from ac_desktop.model import reasons
from ac_desktop.model.states import RecordState
from ac_desktop.model.wording import tr
from ac_desktop.relay.comparison import Difference
from ac_desktop.store.imports.staging import StagedFilter, StagedKinds
from ac_desktop.ui.base import formatting, icons
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.base.visual.metrics import SPACE_S, scaled, with_equal_figures
from ac_desktop.ui.importing.compare_bar import difference_title
from ac_desktop.ui.importing.field_texts import warning_kind

ALL_ROWS: Final = StagedFilter()
WITH_PROBLEM: Final = StagedFilter(problems=True)
_WANTED: Final = Qt.ItemDataRole.UserRole + 1
_TITLE: Final = Qt.ItemDataRole.UserRole + 2
_NUMBER: Final = Qt.ItemDataRole.UserRole + 3
_ROW_HEIGHT: Final = 27
_LEAST_BOX_DIGITS, _BOX_DIGITS = 10, 26


@dataclass(frozen=True)
class SimilarRows:
    """The rows that compare with the account in the same way."""

    difference: Difference


WantedRows = StagedFilter | SimilarRows


class KindsList(QListWidget):
    """Lists the kinds of rows; `box` shows the same in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = QComboBox()
        self.setAccessibleName(tr("Rows by kind"))
        self.setUniformItemSizes(True)
        self.setIconSize(icons.size_for(self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_KindDelegate(self))
        self.box.setModel(self.model())
        self.box.setIconSize(icons.size_for(self))
        self.box.setAccessibleName(tr("Rows by kind"))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(_LEAST_BOX_DIGITS)
        self.box.setMaximumWidth(self.fontMetrics().horizontalAdvance("0") * _BOX_DIGITS)
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.activated.connect(self.setCurrentRow)
        self.currentRowChanged.connect(self.box.setCurrentIndex)

    @property
    def wanted(self) -> WantedRows | None:
        """The kind that is chosen."""
        row = self.currentRow()
        wanted: WantedRows | None = self.item(row).data(_WANTED) if row >= 0 else None
        return wanted

    def choose(self, wanted: WantedRows) -> None:
        """Mark a kind as chosen, without reporting it."""
        rows = range(self.count())
        here = next((row for row in rows if self.item(row).data(_WANTED) == wanted), 0)
        with QSignalBlocker(self):
            self.setCurrentRow(here)
        self.box.setCurrentIndex(here)

    def show_kinds(self, kinds: StagedKinds, compared: Mapping[Difference, int], wanted: WantedRows) -> None:
        """Show the kinds of a batch's rows with their numbers, and how they compare as far as that is known."""
        with QSignalBlocker(self):
            self.clear()
            self._add(tr("All rows"), kinds.counts.rows, ALL_ROWS, "document")
            self._add(tr("With a problem"), None, WITH_PROBLEM, "find")
            for state, title in (
                (RecordState.WAITING, tr("To send")),
                (RecordState.HELD, tr("To fix")),
                (RecordState.SKIPPED, tr("Skipped")),
            ):
                label = formatting.record_label(state)
                self._add(title, kinds.counts.of(state), StagedFilter(state=state), label.icon, label.tone)
                for (of_state, code), number in kinds.reasons.items():
                    if of_state is state:
                        self._add(reasons.label(code), number, StagedFilter(state=state, reason=code))
            if kinds.warnings:
                warned = StagedFilter(problems=True, state=RecordState.WAITING)
                self._add(tr("Warnings"), None, warned, "problem", Tone.WARNING)
            for name, number in kinds.warnings.items():
                self._add(warning_kind(WarningCode(name)), number, StagedFilter(warning=name))
            for difference in Difference:
                if compared.get(difference):
                    title = difference_title(difference)
                    self._add(title, compared[difference], SimilarRows(difference), "find", Tone.NOTE)
        self.choose(wanted)

    def _add(self, title: str, number: int | None, wanted: WantedRows, icon: str = "", tone: Tone = Tone.PLAIN) -> None:
        shown = "" if number is None else formatting.count(number)
        text = f"{title} ({shown})" if shown else title
        item = QListWidgetItem(text)
        item.setToolTip(text)
        if icon:
            item.setIcon(icons.icon(icon, tone))
        for role, value in ((_WANTED, wanted), (_TITLE, title), (_NUMBER, shown)):
            item.setData(role, value)
        self.addItem(item)


class _KindDelegate(QStyledItemDelegate):
    """Paints a kind's title at the left, below one another, and its number at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of a row."""
        height = max(scaled(_ROW_HEIGHT, option.font), option.fontMetrics.height() + 6)
        return QSize(super().sizeHint(option, index).width(), height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a row."""
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        own.font = with_equal_figures(own.font)
        number, gap = str(index.data(_NUMBER)), scaled(SPACE_S, own.font)
        room = own.fontMetrics.horizontalAdvance(number) + gap
        if own.icon.isNull():
            # Below a title with an icon, the words of its kinds begin where its own word does.
            own.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            own.icon = QIcon()
        taken = own.decorationSize.width() + 2 * gap
        title = str(index.data(_TITLE))
        title = title[:1].upper() + title[1:]
        own.text = own.fontMetrics.elidedText(title, Qt.TextElideMode.ElideRight, own.rect.width() - room - taken)
        style = own.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, own.widget)
        chosen = bool(own.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setFont(own.font)
        painter.setPen(own.palette.color(role))
        area = QRect(own.rect).adjusted(0, 0, -gap, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)
        painter.restore()
