"""The kinds of buttons and frames: a property that the style sheet reads."""

from enum import StrEnum
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QFrame, QHeaderView, QWidget

PROPERTY: Final = "kind"


class ButtonKind(StrEnum):
    """How a button looks, where it is no plain one. At most one button of a window is primary."""

    PRIMARY = "primary"
    DANGER = "danger"
    FLAT = "flat"
    LINK = "link"
    CHIP = "chip"
    CHIP_SET = "chip-set"
    """A filter that is set."""
    TOGGLE = "toggle"


class HeadingKind(StrEnum):
    """How the headings of a table stand, where they are no plain ones."""

    WIDE = "wide"
    """Above cells that have a margin of their own."""


class FrameKind(StrEnum):
    """How a frame looks."""

    PANE = "pane"
    """Without an edge, on the ground of tables."""
    CARD = "card"
    HEADER = "header"
    SIDEBAR = "sidebar"
    FOOTER = "footer"
    LINE = "line"
    """A line between a part and the one below."""
    UPRIGHT = "upright"
    """A line between a part and the one beside it."""


def set_button_kind(button: QAbstractButton, kind: ButtonKind) -> None:
    """Set how a button looks."""
    _set(button, kind.value)


def set_frame_kind(frame: QFrame, kind: FrameKind) -> None:
    """Set how a frame looks."""
    _set(frame, kind.value)


def set_heading_kind(heading: QHeaderView, kind: HeadingKind) -> None:
    """Set how the headings of a table stand."""
    _set(heading, kind.value)


def _set(widget: QWidget, kind: str) -> None:
    if widget.property(PROPERTY) == kind:
        return
    is_another = widget.property(PROPERTY) is not None
    widget.setProperty(PROPERTY, kind)
    if is_another:
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
