"""Forms whose every field has a label with a mnemonic, an accessible name and description, and a place for its error."""

from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget


class Field(QWidget):
    """A form's field with its hint and its error below it."""

    def __init__(self, widget: QWidget, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.widget = widget
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widget)
        self._hint = _small_label(hint)
        self._error = _small_label("")
        layout.addWidget(self._hint)
        layout.addWidget(self._error)
        self._error.setObjectName("error")
        self._hint.setVisible(bool(hint))
        self._error.setVisible(False)

    def show_error(self, text: str) -> None:
        """Say what is wrong with the field, for eyes and screen readers alike; "" clears it."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.widget.setAccessibleDescription(text or self._hint.text())


class Form(QFormLayout):
    """A form layout that names what it lays out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def add_field(self, label: str, widget: QWidget, hint: str = "") -> Field:
        """Add a field; `label` carries the mnemonic as `&`."""
        field = Field(widget, hint)
        caption = QLabel(label)
        caption.setBuddy(widget)
        widget.setAccessibleName(label.replace("&", "").rstrip(":"))
        widget.setAccessibleDescription(hint)
        self.addRow(caption, field)
        return field


def _small_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
