"""What a person is told when the program has opened: a database that was moved aside, or a copy that was made."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.recovery.backups import backup_day
from ac_desktop.store.recovery.recovery import MovedDatabase, mark_move_reported
from ac_desktop.ui.base.dialogs import make_room, plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.importing.message_bar import ImportNote
from ac_desktop.ui.main.main_window import MainWindow


class MovedDatabaseDialog(QDialog):
    """Tells what was moved aside, and offers the newest backup; going on without it is the default."""

    def __init__(self, moved: MovedDatabase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backup = moved.backup
        self.wanted: Path | None = None
        self.setWindowTitle(tr("The donor database was moved aside"))
        self.text = small_label(moved.text)
        self.buttons = QDialogButtonBox()
        self.go_on = self.buttons.addButton(tr("&Go on"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_on.setDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        if moved.backup is not None:
            day = backup_day(moved.backup)
            layout.addWidget(
                small_label(
                    tr(
                        (
                            "There is a backup of {day}. Donors who were relayed since then are waiting in "
                            "it and would be relayed once more; what came in since then is not in it."
                        ),
                        day=day,
                    )
                )
            )
            self.bring_back = self.buttons.addButton(
                tr("&Bring back the backup of {day}", day=day), QDialogButtonBox.ButtonRole.ActionRole
            )
            self.bring_back.clicked.connect(self._bring_back)
        plain_buttons(self.buttons)
        self.buttons.accepted.connect(self.accept)
        layout.addWidget(self.buttons)
        make_room(self)

    def _bring_back(self) -> None:
        self.wanted = self._backup
        self.accept()


def tell_how_it_opened(window: MainWindow, services: Services) -> MovedDatabaseDialog | None:
    """Tell over the window what had to be done to open the database; returns the dialog where there is one.

    Where the person wants the backup, the window closes, and the caller reads `wanted`.
    """
    if services.moved is None:
        if services.restored is not None:
            window.import_bar.show_told(ImportNote(services.restored.text))
            mark_move_reported(services.folder)
        elif services.database.backup is not None:
            window.import_bar.show_told(
                ImportNote(
                    tr(
                        "AC Desktop was updated. A copy of the donors as they were is kept in {file}.",
                        file=services.database.backup,
                    )
                )
            )
        return None
    dialog = MovedDatabaseDialog(services.moved, window)
    dialog.finished.connect(lambda: mark_move_reported(services.folder))
    dialog.accepted.connect(lambda: window.close() if dialog.wanted else None)
    dialog.open()
    return dialog
