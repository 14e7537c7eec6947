"""What a window needs to be measured: a timer that shows when it did not answer, and a way to wait while it lives."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QWidget

from ac_desktop.ui.dialogs.dialog_openers import DialogOpeners

TICK_MS: Final = 5
_MS: Final = 1000
_ALMOST_ALL: Final = 0.99


class Stalls:
    """A timer that should fire every five milliseconds; what lies between two of its shots is a gap."""

    def __init__(self) -> None:
        self._gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._note)
        self._timer.start(TICK_MS)

    def begin(self) -> None:
        """Forget the gaps so far."""
        self._gaps.clear()
        self._last = time.perf_counter()

    @property
    def longest(self) -> float:
        """The longest gap, in milliseconds."""
        return max(self._gaps, default=0.0) * _MS

    @property
    def almost_all(self) -> float:
        """What 99 of 100 gaps are not longer than, in milliseconds."""
        gaps = sorted(self._gaps)
        return gaps[int(len(gaps) * _ALMOST_ALL)] * _MS if gaps else 0.0

    def _note(self) -> None:
        now = time.perf_counter()
        self._gaps.append(now - self._last)
        self._last = now


def until(done: Callable[[], bool]) -> None:
    """Run the event loop until a condition holds; it is checked each millisecond."""
    loop, timer = QEventLoop(), QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: loop.quit() if done() else None)
    timer.start(1)
    loop.exec()
    timer.stop()


def let_live(seconds: float) -> None:
    """Run the event loop for a while."""
    end = time.perf_counter() + seconds
    until(lambda: time.perf_counter() > end)


def no_dialogs() -> DialogOpeners:
    """Open no dialogs."""

    def for_window(_window: QWidget) -> None: ...

    def for_connection(_window: QWidget, _connection: int) -> None: ...

    return DialogOpeners(
        new_connection=for_window,
        edit_connection=for_connection,
        edit_address=for_connection,
        edit_key=for_connection,
        choose_list=for_connection,
        reactivate=for_connection,
        test=for_connection,
        directory=for_window,
    )
