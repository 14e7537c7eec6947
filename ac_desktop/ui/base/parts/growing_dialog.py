"""A dialog that grows with what appears in it, and with sentences that become longer; it never shrinks."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog

from ac_desktop.ui.base.dialogs import grow_to_fit


class GrowingDialog(QDialog):
    """Grows as soon as any of its parts asks for more space."""

    def event(self, event: QEvent) -> bool:
        """Grow where a part asks for another size."""
        if event.type() is QEvent.Type.LayoutRequest:
            grow_to_fit(self)
        return super().event(event)
