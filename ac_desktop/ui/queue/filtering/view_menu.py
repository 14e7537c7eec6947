"""The menu of saved views, and the dialog that names one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QMenu, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import Form, small_label
from ac_desktop.ui.base.visual.metrics import SPACE_L, SPACE_M, scaled
from ac_desktop.ui.dialogs.help_dialog import help_key
from ac_desktop.ui.dialogs.help_topics import Topic
from ac_desktop.ui.queue.filtering.queue_filter import NO_FILTER, QueueFilter
from ac_desktop.ui.queue.filtering.saved_views import SavedView, SavedViews

LONGEST_NAME = 60


class NameViewDialog(QDialog):
    """Asks for a view's name; `named` carries it."""

    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Save view"))
        help_key(self, Topic.QUEUE)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAcceptDrops(False)
        self.name.setMinimumWidth(scaled(280, self))
        form = Form()
        form.add_field(tr("&Name:"), self.name)
        note = small_label(tr("State, file, page, reason and date are saved. The words you searched for aren't."))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
        plain_buttons(self.buttons)
        self._save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        layout.setSpacing(SPACE_M)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addWidget(self.buttons)
        self._save.setDefault(True)
        self._save.setEnabled(False)
        self.name.textChanged.connect(self._follow)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        grow_to_fit(self)

    def _follow(self, text: str) -> None:
        self._save.setEnabled(bool(text.strip()))

    def _take(self) -> None:
        self.named.emit(self.name.text().strip())
        self.accept()


class ViewMenu(QObject):
    """Offers the saved views, saves the filter as another one, and removes views."""

    def __init__(self, views: SavedViews, filters: QueueFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._views = views
        self._filters = filters
        self._parent = parent

    def open_at(self, at: QPoint) -> None:
        """Open the menu."""
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def menu(self) -> QMenu:
        """Build the menu."""
        menu = QMenu(self._parent)
        views = self._views.all()
        for view in views:
            _add(menu, view.name, partial(self._show, view))
        if not views:
            menu.addAction(tr("No saved views")).setEnabled(False)
        menu.addSeparator()
        save = _add(menu, tr("Save this view…"), self.ask_for_name)
        has_filter = self._filters.state is not None or self._filters.values != NO_FILTER
        save.setEnabled(has_filter)
        save.setToolTip("" if has_filter else tr("Choose a filter first."))
        below = menu.addMenu(tr("Remove view"))
        below.setEnabled(bool(views))
        for view in views:
            _add(below, view.name, partial(self._views.remove, view.name))
        return menu

    def ask_for_name(self) -> None:
        """Ask for a name, and save the filter under it."""
        dialog = NameViewDialog(self._parent)
        dialog.named.connect(self._save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, name: str) -> None:
        self._views.save(SavedView(name, self._filters.state, self._filters.values))

    def _show(self, view: SavedView) -> None:
        self._filters.choose(view.values)
        self._filters.choose_state(view.state)


def _add(menu: QMenu, text: str, do: Callable[[], None]) -> QAction:
    action = menu.addAction(text.replace("&", "&&"))
    action.triggered.connect(lambda _checked=False: do())
    return action
