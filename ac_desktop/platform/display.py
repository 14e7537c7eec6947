"""The desktop: whether a window can be opened on it, with the libraries Qt needs, and how it knows our windows."""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

PACKAGES: Final[Mapping[str, tuple[str, str]]] = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
}
"""What every Qt window on Linux loads: library, its Debian package, its Fedora package."""
X11_PACKAGES: Final[Mapping[str, tuple[str, str]]] = {
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
}
"""What Qt loads besides where the display is X11."""
_SCREENLESS: Final = frozenset({"offscreen", "minimal", "vnc", "linuxfb", "eglfs"})


def has_screen() -> bool:
    """Whether there is a screen to open the window on; Qt may also be configured to work without one."""
    return not sys.platform.startswith("linux") or _platform() in _SCREENLESS or _has_display()


def needed_libraries() -> Mapping[str, tuple[str, str]]:
    """Return the libraries that Qt loads here, each with its Debian and its Fedora package; none but on Linux."""
    if not sys.platform.startswith("linux"):
        return {}
    return dict(PACKAGES) if _platform() in _SCREENLESS or _is_wayland() else {**PACKAGES, **X11_PACKAGES}


def missing_libraries(needed: Mapping[str, tuple[str, str]]) -> Mapping[str, tuple[str, str]]:
    """Return those of the needed libraries that cannot be loaded."""
    return {library: packages for library, packages in needed.items() if not _loads(library)}


def _platform() -> str:
    return os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_display() -> bool:
    return _is_wayland() or _has_x11()


def _is_wayland() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and (Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name).exists()


def _has_x11() -> bool:
    """Whether the X server that DISPLAY names answers: Qt itself would abort where it does not."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    broken = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not broken


def set_program_id(program: str) -> None:
    """Make the task bar group this process's windows with the shortcuts of this ID; only Windows needs to be told."""
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        windows_api.set_program_id(program)


def allow_others_to_front() -> None:
    """Allow a process that this one is about to call to bring its window to the front.

    Windows allows that only to the process that a person has just started. Desktops on Linux have tokens for it.
    """
    if sys.platform == "win32":
        from ac_desktop.platform import windows_api

        windows_api.allow_others_to_front()
