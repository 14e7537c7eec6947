"""The program's icon in every size that systems ask for, all drawn from one SVG."""

import io
import sys
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from installers.project import COMMAND, TOP

DRAWING: Final = TOP / "resources" / "icons" / "app.svg"
HICOLOR_SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256)
MACOS_SIZES: Final = (16, 32, 64, 128, 256, 512, 1024)


def png(size: int) -> bytes:
    """Return the icon in one size, as PNG."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub asks for bytes, Qt for text
        raise RuntimeError(f"The icon could not be drawn from {DRAWING}")
    return bytes(buffer.data().data())


def hicolor(folder: Path) -> None:
    """Write the icon theme's files below a folder, as /usr/share/icons has them."""
    for size in HICOLOR_SIZES:
        _write(folder / "hicolor" / f"{size}x{size}" / "apps" / f"{COMMAND}.png", png(size))
    _write(folder / "hicolor" / "scalable" / "apps" / f"{COMMAND}.svg", DRAWING.read_bytes())


def for_program(folder: Path) -> Path:
    """Write the icon file of this system's programs, and return its path."""
    if sys.platform == "win32":
        return gathered(folder / f"{COMMAND}.ico", WINDOWS_SIZES)
    if sys.platform == "darwin":
        return gathered(folder / f"{COMMAND}.icns", MACOS_SIZES)
    return _write(folder / f"{COMMAND}.png", png(HICOLOR_SIZES[-1]))


def gathered(path: Path, sizes: tuple[int, ...]) -> Path:
    """Write all sizes into one file, each drawn on its own rather than shrunk."""
    pictures = [Image.open(io.BytesIO(png(size))) for size in sizes]
    path.parent.mkdir(parents=True, exist_ok=True)
    pictures[-1].save(path, append_images=pictures[:-1], sizes=[picture.size for picture in pictures])
    return path


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
