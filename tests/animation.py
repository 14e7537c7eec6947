"""Makes the moving picture of the README from the program's own scenes; run it as the pictures are made.

`QT_QPA_PLATFORM=xcb xvfb-run -a -s '-screen 0 1700x1300x24' python -m tests.animation`
"""

import io
import os
import sys
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.screenshots import FOLDER, photograph
from tests.ui.scenes.all_scenes import SCENES
from tests.ui.scenes.stage import Appearance

FILE: Final = FOLDER / "relay.gif"
FRAMES: Final = ("import-3-check", "ready", "relayed", "failed", "banner-red")
"""A day with the program: check a file, relay, look at what failed, and at a connection that became inactive."""
WIDTH: Final = 992
MILLISECONDS: Final = 2_500
COLORS: Final = 96


def main() -> int:
    """Make the moving picture; returns the exit code."""
    application = QApplication(sys.argv[:1])
    os.environ["LOGNAME"] = "ann"
    save([photograph(application, SCENES[name], Appearance()) for name in FRAMES], FILE)
    print(FILE.name)  # noqa: T201  its only answer
    return 0


def save(frames: list[QImage], path: Path) -> None:
    """Save pictures of any size as a GIF that shows one after the other for good, each in the middle of the largest."""
    width = max(frame.width() for frame in frames)
    height = max(frame.height() for frame in frames)
    size = (WIDTH, round(height * WIDTH / width))
    shown = [_in_the_middle(frame, width, height).resize(size, Image.Resampling.LANCZOS) for frame in frames]
    # One set of colors for all frames: their own would make the same gray another one from frame to frame.
    together = Image.new("RGB", (size[0], size[1] * len(shown)))
    for place, frame in enumerate(shown):
        together.paste(frame, (0, place * size[1]))
    palette = together.quantize(COLORS, dither=Image.Dither.NONE)
    first, *rest = (frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in shown)
    first.save(path, save_all=True, append_images=rest, duration=MILLISECONDS, loop=0, optimize=True)


def _in_the_middle(frame: QImage, width: int, height: int) -> Image.Image:
    canvas = Image.new("RGB", (width, height), "white")
    canvas.paste(_as_pillow(frame), ((width - frame.width()) // 2, (height - frame.height()) // 2))
    return canvas


def _as_pillow(frame: QImage) -> Image.Image:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    frame.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(content.data())).convert("RGB")


if __name__ == "__main__":
    sys.exit(main())
