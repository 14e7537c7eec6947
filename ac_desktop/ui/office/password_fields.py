"""Two fields for a new password, which have to be equal."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ac_desktop.model.wording import tr
from ac_desktop.ui.base.forms import Form, FormField

SHORTEST_PASSWORD: Final = 8


class NewPassword:
    """A password and the same again, as rows of a form."""

    def __init__(self, form: Form) -> None:
        self.first, self.again = password_line(), password_line()
        self.first_field = form.add_field(
            tr("Choose a &password:"),
            self.first,
            tr("If you joined this office before, enter the password you chose then."),
        )
        self.again_field = form.add_field(tr("Password &again:"), self.again)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.first.text()

    def problem(self) -> FormField | None:
        """Show what is to be corrected; return its field, None where the password can be used."""
        short = len(self.text) < SHORTEST_PASSWORD
        differ = not short and self.again.text() != self.text
        self.first_field.show_error(
            tr("Choose a password with at least {number} characters.", number=SHORTEST_PASSWORD) if short else ""
        )
        self.again_field.show_error(tr("The two passwords differ.") if differ else "")
        return self.first_field if short else self.again_field if differ else None

    def forget(self) -> None:
        """Clear the fields."""
        self.first.clear()
        self.again.clear()


def password_line() -> QLineEdit:
    """Return a field that hides what is typed."""
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhNoAutoUppercase
    )
    return line
