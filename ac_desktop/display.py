"""Whether a window can be opened here: a display to open it on, and on Linux the libraries that Qt needs."""

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ac_desktop.model.wording import tr

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


def why_no_window() -> str:
    """Say in one sentence why no window can be opened here; "" where one can."""
    if not sys.platform.startswith("linux"):
        return ""
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    needed = dict(PACKAGES)
    if platform not in _SCREENLESS:
        if not _has_display():
            return tr(
                "There is no display to open the window on. “ac-desktop import” and “ac-desktop relay” do the same "
                "job on the console; “ac-desktop --help” tells how."
            )
        if not _is_wayland():
            needed |= X11_PACKAGES
    missing = [library for library in needed if not _loads(library)]
    if not missing:
        return ""
    return tr(
        "The window needs system libraries that are missing here. On Debian or Ubuntu: sudo apt install {debian}. "
        "On Fedora: sudo dnf install {fedora}. “ac-desktop import” and “ac-desktop relay” work without them.",
        debian=" ".join(sorted({needed[library][0] for library in missing})),
        fedora=" ".join(sorted({needed[library][1] for library in missing})),
    )


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
