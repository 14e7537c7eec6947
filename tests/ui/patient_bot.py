"""pytest-qt's robot with more patience: the tests share a machine's cores, with Wine too."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot

PATIENCE_MS: Final = 90_000
"""What comes at all comes sooner; whoever waits this long has failed."""


class PatientBot(QtBot):
    """Waits as long as a loaded machine needs where a test does not say how long."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: SignalInstance, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **more)
