"""Assistive technology selects a row without making it the current one, which is what a window shows more about."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject
from PySide6.QtWidgets import QAbstractItemView


class CurrentRowFollower(QObject):
    """Makes a selected cell the current one where the current one is not selected."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._selection = view.selectionModel()
        self._selection.selectionChanged.connect(self._follow)

    def _follow(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        whole = self._selection.selection()
        if whole.isEmpty() or self._selection.isSelected(self._selection.currentIndex()):
            return
        first = (whole if selected.isEmpty() else selected).at(0)
        self._selection.setCurrentIndex(first.topLeft(), QItemSelectionModel.SelectionFlag.NoUpdate)


def follow_selection(view: QAbstractItemView) -> None:
    """Make a view's current row follow its selection; to be called once its model is set."""
    CurrentRowFollower(view)
