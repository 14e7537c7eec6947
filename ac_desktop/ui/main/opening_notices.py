"""What a person is shown when the program has opened: a database that was moved aside, or a copy that was made."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from ac_desktop.model.wording import tr
from ac_desktop.reporting.office_texts import backup_warning, closed_note
from ac_desktop.reporting.recovery_texts import moved_text, restored_text
from ac_desktop.services import Services
from ac_desktop.store.backups import MovedDatabase, backup_day, mark_reported
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.care import LastBackup, last_backup
from ac_desktop.ui.base.dialogs import grow_to_fit, plain_buttons
from ac_desktop.ui.base.forms import small_label
from ac_desktop.ui.base.message_bar import SuccessMessage
from ac_desktop.ui.main.main_window import MainWindow


class MovedDatabaseDialog(QDialog):
    """Shows what was moved aside, and offers the newest backup; continuing without it is the default."""

    def __init__(self, moved: MovedDatabase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backup = moved.backup
        self.wanted: Path | None = None
        self.setWindowTitle(tr("AC Desktop started with a new database"))
        self.text = small_label(moved_text(moved))
        self.buttons = QDialogButtonBox()
        self.go_on = self.buttons.addButton(tr("&Continue"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go_on.setDefault(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        if moved.backup is not None:
            day = backup_day(moved.backup)
            layout.addWidget(
                small_label(
                    tr(
                        (
                            "A backup from {day} is available. Donors sent after it was made are waiting in it "
                            "and would be sent again. Donors added after it was made are missing from it."
                        ),
                        day=day,
                    )
                )
            )
            self.restore = self.buttons.addButton(
                tr("&Restore the backup from {day}", day=day), QDialogButtonBox.ButtonRole.ActionRole
            )
            self.restore.clicked.connect(self._restore_backup)
        plain_buttons(self.buttons)
        self.buttons.accepted.connect(self.accept)
        layout.addWidget(self.buttons)
        grow_to_fit(self)

    def _restore_backup(self) -> None:
        self.wanted = self._backup
        self.accept()


def show_opening_notices(window: MainWindow, services: Services) -> MovedDatabaseDialog | None:
    """Show over the window what had to be done to open the database; return the dialog where there is one.

    Where the person wants the backup, the window closes, and the caller reads `wanted`.
    """
    if window.state.office is not None and window.state.office.is_closed:
        window.message_bar.show_error(closed_note(is_closed=True))
    elif services.store.office is not None:
        window.bridge.run(partial(last_backup, services.database), partial(_warn_of_backup, window), _leave_unsaid)
    if services.moved_database is None:
        if services.restored_database is not None:
            window.message_bar.show_message(SuccessMessage(restored_text(services.restored_database)))
            mark_reported(services.backups)
        elif services.database.backup is not None:
            window.message_bar.show_message(
                SuccessMessage(
                    tr(
                        "AC Desktop was updated. A backup of your data from before the update is in {file}.",
                        file=services.database.backup,
                    )
                )
            )
        return None
    dialog = MovedDatabaseDialog(services.moved_database, window)
    dialog.finished.connect(lambda: mark_reported(services.backups))
    dialog.accepted.connect(lambda: window.close() if dialog.wanted else None)
    dialog.open()
    return dialog


def _warn_of_backup(window: MainWindow, last: LastBackup | None) -> None:
    warning = backup_warning(last)
    if warning:
        window.message_bar.show_error(warning)


def _leave_unsaid(error: Exception) -> None:
    """Raise what is a fault of our own; where the office's server is away, the window says so already."""
    if not isinstance(error, StoreError):
        raise error
