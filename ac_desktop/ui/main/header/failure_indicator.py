"""The failure indicator: five marks, one set for each failure in a row."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from ac_desktop.model.rules import MOST_FAILURES_IN_A_ROW
from ac_desktop.model.wording import tr
from ac_desktop.ui.base import formatting, privacy_mask
from ac_desktop.ui.base.parts.painters import paint_mark
from ac_desktop.ui.base.theme import Tone, tone_color
from ac_desktop.ui.base.visual.colors import current_colors
from ac_desktop.ui.base.visual.metrics import scaled
from ac_desktop.ui.base.window_state import WindowState

AMBER_FROM: Final = 3
_MARK: Final = 14
_GAP: Final = 5
_LONGEST_REASON: Final = 140


class FailureIndicator(QToolButton):
    """Shows the streak at all times; a click opens the donors that failed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lit = 0
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._draw()

    @property
    def lit(self) -> int:
        """How many marks are set."""
        return self._lit

    def show_state(self, state: WindowState) -> None:
        """Show the streak with its causes."""
        streak = state.connection.circuit.streak if state.connection else 0
        self.setEnabled(state.connection is not None)
        lit = min(streak, MOST_FAILURES_IN_A_ROW)
        if lit != self._lit:
            self._lit = lit
            self._draw()
        self.setAccessibleName(
            tr("Failures in a row: {lit} of {most}", lit=lit, most=MOST_FAILURES_IN_A_ROW)
            if lit
            else tr("Failures in a row: none")
        )
        description = self._description(state)
        self.setAccessibleDescription(description)
        self.setToolTip(description)

    def changeEvent(self, event: QEvent) -> None:
        """Follow palette and font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._draw()

    def _description(self, state: WindowState) -> str:
        if not state.streak:
            return tr(
                (
                    "No failed attempts. After {most} in a row, the connection becomes inactive. "
                    "Donors stay in the queue."
                ),
                most=MOST_FAILURES_IN_A_ROW,
            )
        lines = [tr("{lit} of {most} failed attempts in a row:", lit=self._lit, most=MOST_FAILURES_IN_A_ROW)]
        lines += [
            tr(
                "{number}. {time}  {email}: {reason}",
                number=number,
                time=formatting.when(attempt.started_at, state.now),
                email=privacy_mask.mask_text(attempt.email),
                reason=_shortened(privacy_mask.mask_text(attempt.reason.text)) if attempt.reason else "",
            )
            for number, attempt in enumerate(state.streak, 1)
        ]
        if state.switched_off:
            lines.append(tr("The connection stays inactive until someone reactivates it."))
        else:
            lines.append(tr("The next success resets the count. Rows stopped before sending don't count."))
        return "\n".join(lines)

    def _draw(self) -> None:
        side, gap = scaled(_MARK, self), scaled(_GAP, self)
        size = QSize(MOST_FAILURES_IN_A_ROW * (side + gap) - gap, side)
        ratio = self.devicePixelRatioF()
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        colors = current_colors()
        tone = Tone.PROBLEM if self._lit >= AMBER_FROM else Tone.WARNING
        for number in range(MOST_FAILURES_IN_A_ROW):
            is_set = number < self._lit
            color = tone_color(tone, self.palette()) if is_set else colors.fieldline
            middle = QPointF(number * (side + gap) + side / 2, side / 2)
            paint_mark(painter, middle, side, color, colors.base, is_set=is_set)
        painter.end()
        self.setIcon(QIcon(picture))
        self.setIconSize(size)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else text[: _LONGEST_REASON - 1].rstrip() + "…"
