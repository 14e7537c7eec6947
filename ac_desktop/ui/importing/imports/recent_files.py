"""The files that were imported last, one click away in the File menu; names and places alone, nothing of donors."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from ac_desktop.model.wording import escape_control_characters, tr
from ac_desktop.ui.base.window_settings import WindowSettings


class RecentFiles(QObject):
    """Fills a menu with the files imported last, whenever it is opened."""

    def __init__(
        self, settings: WindowSettings, menu: QMenu, import_files: Callable[[Sequence[Path]], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._menu = menu
        self._import_files = import_files
        menu.aboutToShow.connect(self._fill)

    def remember(self, paths: Sequence[Path]) -> None:
        """Put files at the top of the menu."""
        self._settings.recent_files = [*paths, *(one for one in self._settings.recent_files if one not in paths)]

    def _fill(self) -> None:
        self._menu.clear()
        names = [path.name for path in self._settings.recent_files]
        for path in self._settings.recent_files:
            is_alone = names.count(path.name) == 1
            shown = escape_control_characters(path.name if is_alone else str(path)).replace("&", "&&")
            action = self._menu.addAction(shown)
            action.setToolTip(str(path))
            action.triggered.connect(partial(self._import_again, path))
        if not names:
            self._menu.addAction(tr("No files yet")).setEnabled(False)
            return
        self._menu.addSeparator()
        self._menu.addAction(tr("&Clear this list")).triggered.connect(self._clear)

    def _import_again(self, path: Path, *_: object) -> None:
        self._import_files([path])

    def _clear(self) -> None:
        self._settings.recent_files = []
