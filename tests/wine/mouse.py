"""The mouse of Windows itself: what it does reaches whatever program's window is under the pointer."""

import sys
from typing import Final

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

_LEFT_DOWN: Final = 0x0002
_LEFT_UP: Final = 0x0004
"""MOUSEEVENTF_LEFTDOWN and MOUSEEVENTF_LEFTUP of mouse_event (winuser.h)."""

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _user = ctypes.WinDLL("user32", use_last_error=True)
    _user.FindWindowW.argtypes = (wintypes.LPCWSTR, wintypes.LPCWSTR)
    _user.FindWindowW.restype = wintypes.HWND
    _user.MoveWindow.argtypes = (wintypes.HWND, *(ctypes.c_int,) * 4, wintypes.BOOL)
    _user.SetForegroundWindow.argtypes = (wintypes.HWND,)
    _user.SetCursorPos.argtypes = (ctypes.c_int, ctypes.c_int)
    _user.mouse_event.argtypes = (*(wintypes.DWORD,) * 4, ctypes.c_size_t)
    _user.mouse_event.restype = None

    def place_window(title: str, x: int, y: int, width: int, height: int) -> bool:
        """Move the window of this title, of whatever program, and bring it to the front; False where there is none."""
        window = _user.FindWindowW(None, title)
        if not window:
            return False
        _user.MoveWindow(window, x, y, width, height, 1)
        _user.SetForegroundWindow(window)
        return True

    def move_to(at: QPoint) -> None:
        """Move the pointer."""
        _user.SetCursorPos(at.x(), at.y())

    def press() -> None:
        """Hold the left button down."""
        _user.mouse_event(_LEFT_DOWN, 0, 0, 0, 0)

    def release() -> None:
        """Release the left button."""
        _user.mouse_event(_LEFT_UP, 0, 0, 0, 0)

    def click(widget: QWidget, at: QPoint | None = None) -> None:
        """Click the middle of a widget, or a point of it."""
        move_to(widget.mapToGlobal(at or widget.rect().center()))
        press()
        release()
