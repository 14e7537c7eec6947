"""The one style sheet of the program, made of the colors and the text size."""

from string import Template
from typing import Final

from ac_desktop.platform.paths import resources_folder
from ac_desktop.ui.base.visual.colors import Colors
from ac_desktop.ui.base.visual.metrics import RADIUS_CARD, RADIUS_CONTROL, USUAL_TEXT

_SIZES: Final = (3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 24)
"""The paddings that the sheet names, in pixels at the usual text size."""

_SHEET: Final = Template("""
QPushButton {
    background: $card; color: $text; border: 1px solid $fieldline; border-radius: ${radius}px;
    padding: ${p6}px ${p14}px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selection; }
QPushButton:focus { border: 2px solid $focus; padding: ${p5}px ${p13}px; }
QPushButton:disabled { color: $disabled; border-color: $line; background: $window; }
QPushButton:default, QPushButton[kind="primary"] {
    background: $accent; color: $on_accent; border: 1px solid $accent;
}
QPushButton[kind="primary"] { font-weight: 600; }
QPushButton:default:hover, QPushButton[kind="primary"]:hover { background: $accent_hover; }
QPushButton:default:focus, QPushButton[kind="primary"]:focus {
    border: 3px double $on_accent; padding: ${p4}px ${p12}px;
}
QPushButton:default:disabled, QPushButton[kind="primary"]:disabled {
    background: $track; color: $disabled; border-color: $track;
}
QPushButton[kind="danger"] { color: $danger_text; border-color: $danger_text; background: $card; }
QPushButton[kind="flat"] { border: 1px solid transparent; background: transparent; padding: ${p6}px ${p9}px; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="flat"]:focus { border: 2px solid $focus; padding: ${p5}px ${p8}px; }
QPushButton[align="left"] { text-align: left; }
QPushButton[kind="link"] {
    border: 1px solid transparent; background: transparent; color: $accent_text; padding: ${p5}px ${p4}px;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; padding: ${p4}px ${p3}px; }
QPushButton[kind="chip"], QPushButton[kind="chip-set"], QToolButton[kind="chip"], QToolButton[kind="chip-set"] {
    background: $card; border: 1px solid $fieldline; border-radius: ${radius}px; padding: ${p4}px ${p9}px;
}
QPushButton[kind="chip-set"], QToolButton[kind="chip-set"] {
    background: $selection; border-color: $accent_text; color: $accent_text;
}
QPushButton[kind="chip"]:hover, QToolButton[kind="chip"]:hover { background: $hover; }
QPushButton[kind="chip"]:focus, QPushButton[kind="chip-set"]:focus,
QToolButton[kind="chip"]:focus, QToolButton[kind="chip-set"]:focus {
    border: 2px solid $focus; padding: ${p3}px ${p8}px;
}
QToolButton { border: 1px solid transparent; border-radius: ${radius}px; padding: ${p5}px ${p7}px; color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton:focus { border: 2px solid $focus; padding: ${p4}px ${p6}px; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="toggle"] { background: $card; color: $text2; border: 1px solid $line; padding: ${p4}px ${p9}px; }
QToolButton[kind="toggle"]:checked { background: $card; color: $text; border-color: $fieldline; }
QToolButton[kind="toggle"]:focus { border: 2px solid $focus; padding: ${p3}px ${p8}px; }
QLineEdit {
    background: $base; color: $text; border: 1px solid $fieldline; border-radius: ${radius}px;
    padding: ${p5}px ${p7}px;
}
QLineEdit:focus { border: 2px solid $focus; padding: ${p4}px ${p6}px; }
QLineEdit:disabled { color: $disabled; border-color: $line; background: $window; }
QTableView QLineEdit, QTreeView QLineEdit, QComboBox QLineEdit { border: none; border-radius: 0; padding: 0; }
QSpinBox QLineEdit { border: none; border-radius: 0; padding: 0 ${p4}px; background: transparent; }
QDialogButtonBox { button-layout: 3; }
QAbstractSpinBox {
    background: $base; color: $text; border: 1px solid $fieldline; border-radius: ${radius}px;
    padding: ${p4}px ${p7}px;
}
QAbstractSpinBox:focus { border: 2px solid $focus; padding: ${p3}px ${p6}px; }
QAbstractSpinBox:disabled { color: $disabled; border-color: $line; background: $window; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: ${p24}px; }
QAbstractSpinBox::up-arrow { image: url("$icons/arrow-up.svg"); width: ${p12}px; height: ${p12}px; }
QAbstractSpinBox::down-arrow { image: url("$icons/arrow-down.svg"); width: ${p12}px; height: ${p12}px; }
QDateTimeEdit::drop-down { border: none; width: ${p24}px; }
QDateTimeEdit::down-arrow { image: url("$icons/arrow-down.svg"); width: ${p14}px; height: ${p14}px; }
QComboBox {
    background: $base; color: $text; border: 1px solid $fieldline; border-radius: ${radius}px;
    padding: ${p4}px ${p7}px;
}
QComboBox:focus { border: 2px solid $focus; padding: ${p3}px ${p6}px; }
QComboBox:disabled { color: $disabled; border-color: $line; background: $window; }
QComboBox::drop-down { border: none; width: ${p24}px; }
QComboBox::down-arrow { image: url("$icons/arrow-down.svg"); width: ${p14}px; height: ${p14}px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $line; }
QToolBar { border: none; background: transparent; padding: 0; spacing: ${p4}px; }
QMenuBar { background: $window; color: $text; border: none; padding: ${p3}px ${p8}px; }
QMenuBar::item { padding: ${p4}px ${p9}px; border-radius: ${radius}px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $selection; }
QMenu { background: $card; color: $text; border: 1px solid $line; padding: ${p4}px 0; }
QMenu::item { padding: ${p5}px ${p24}px ${p5}px ${p12}px; background: transparent; }
QMenu::item:selected { background: $selection; color: $on_selection; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: ${p8}px; }
QMenu::separator { height: 1px; background: $line; margin: ${p4}px ${p8}px; }
QTableView { gridline-color: $line; }
QHeaderView { background: $base; border: none; }
QHeaderView::section {
    background: $base; color: $text2; border: none; border-bottom: 1px solid $line; padding: ${p5}px 4px;
}
QHeaderView[kind="wide"]::section { padding: ${p5}px ${p8}px; }
QTabBar::tab {
    background: transparent; color: $text2; border: none; border-bottom: 2px solid transparent;
    padding: ${p6}px ${p8}px; margin-right: ${p8}px;
}
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent_text; }
QTabBar::tab:focus { color: $accent_text; border: 2px solid $focus; border-radius: ${p4}px; padding: ${p4}px ${p6}px; }
QTabBar { outline: none; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QProgressBar {
    border: none; border-radius: ${p3}px; background: $track; color: $text; text-align: center;
    min-height: ${p6}px;
}
QProgressBar::chunk { background: $accent_text; border-radius: ${p3}px; }
QProgressBar[kind="still"]::chunk { background: $fieldline; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: ${p12}px; }
QScrollBar:horizontal { height: ${p12}px; }
QScrollBar::handle { background: $line; border-radius: ${p3}px; margin: ${p3}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $fieldline; }
QScrollBar::handle:vertical { min-height: ${p24}px; }
QScrollBar::handle:horizontal { min-width: ${p24}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${p14}px; height: ${p14}px; }
QToolTip { background: $card; color: $text; border: 1px solid $fieldline; padding: ${p4}px ${p6}px; }
QFrame[kind="pane"], QFrame[kind="header"] { background: $base; border: none; }
QFrame[kind="card"] { background: $card; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[kind="line"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="upright"] { background: $line; border: none; max-width: 1px; min-width: 1px; }
QLabel[kind="toast"] { color: $toast_text; }
QToolButton[kind="toast"]:hover, QToolButton[kind="toast-link"]:hover { background: transparent; }
QToolButton[kind="toast"]:focus, QToolButton[kind="toast-link"]:focus { border-color: $toast_link; }
QToolButton[kind="toast-link"] { color: $toast_link; font-weight: 600; }
QListWidget[kind="pages"] { background: $sidebar; border: none; padding: ${p8}px; outline: none; }
QListWidget[kind="pages"]::item {
    padding: ${p5}px ${p8}px; border-radius: ${radius}px; color: $text; border: 2px solid transparent;
}
QListWidget[kind="pages"]::item:hover { background: $hover; }
QListWidget[kind="pages"]::item:selected { background: $sidebar_selection; color: $on_selection; }
QListWidget[kind="pages"]::item:focus { border: 2px solid $focus; }
QFrame[kind="sidebar"] { background: $sidebar; border: none; }
QFrame[kind="footer"] { background: $window; border: none; border-top: 1px solid $line; }
""")


def style_sheet(colors: Colors, text_pixels: float) -> str:
    """Return the style sheet for the colors and the height of the program's text in pixels."""
    scale = text_pixels / USUAL_TEXT
    sizes = {f"p{pixels}": str(round(pixels * scale)) for pixels in _SIZES}
    return _SHEET.substitute(
        colors.named(),
        **sizes,
        radius=round(RADIUS_CONTROL * scale),
        card_radius=round(RADIUS_CARD * scale),
        track=colors.track.name(),
        toast_text=colors.toast.text.name(),
        danger_text=colors.danger.text.name(),
        icons=(resources_folder() / "icons").as_posix(),
    )
