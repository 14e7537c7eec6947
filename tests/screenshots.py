"""Makes the pictures in `resources/screenshots` from today's code; run it under Xvfb, with a window manager for frames.

`QT_QPA_PLATFORM=xcb python -m tests.screenshots [NAME…]`; without names, all of them.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ac_desktop.language import Language
from ac_desktop.ui.base.theme import Scheme
from tests.ui.connection.support import open_ui
from tests.ui.scenes.all_scenes import SCENES
from tests.ui.scenes.million import million
from tests.ui.scenes.stage import Appearance, Scene, rest, shown_as

FOLDER: Final = Path(__file__).parents[1] / "resources" / "screenshots"
FROM_WINDOWS: Final = "windows.png"
"""Taken by `python -m tests windows --picture`."""
COLORS: Final = 256
ALIKE: Final = 0xF0F0F0
"""Colors that differ in other bits than these look alike."""
KEPT: Final = 96
"""So many of the commonest colors stay as they are: grounds, and the letters on them."""
SMALLEST: Final = 0
"""Of PNG, this means packed as tightly as can be, and loses nothing."""
TURNS: Final = 10
APPEARANCES: Final[Mapping[str, Appearance]] = {
    "": Appearance(),
    "dark": Appearance(scheme=Scheme.DARK),
    "es": Appearance(language=Language.SPANISH),
    "200": Appearance(percent=200),
    "es-200": Appearance(language=Language.SPANISH, percent=200),
    "veiled": Appearance(masked=True),
}
IN_APPEARANCES: Final[Mapping[str, frozenset[str]]] = {
    "dark": frozenset({
        "window", "ready", "failed", "chart", "banner-amber", "banner-red", "banner-red-mixed", "import-1-read",
        "import-2-match", "import-3-check", "import-4-result", "entry-told", "repair", "push", "account-good",
        "list-chosen", "summary", "directory", "reactivate-refused",
    }),
    "es": frozenset({"failed", "import-3-check", "entry-told", "summary", "reactivate-passed"}),
    "200": frozenset({"window", "banner-red", "import-3-check", "account-good", "directory"}),
    "es-200": frozenset({"failed", "entry-told", "pages", "push"}),
    "veiled": frozenset({"window", "failed", "import-1-read", "import-3-check", "repair"}),
}  # fmt: skip
"""Which scenes are taken in a look; the plain one takes them all."""


def pictures() -> Iterator[tuple[str, Scene, Appearance]]:
    """Return every picture to take: its name, what it shows, and how."""
    for appearance_name, appearance in APPEARANCES.items():
        for name, scene in SCENES.items():
            if not appearance_name:
                yield name, scene, appearance
            elif name in IN_APPEARANCES[appearance_name]:
                yield f"{name}-{appearance_name}", scene, appearance
    yield "million", million, Appearance()


def main() -> int:
    """Make the pictures; returns the exit code."""
    application = QApplication(sys.argv[:1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ["LOGNAME"] = "ann"
    wanted = set(sys.argv[1:])
    for name, scene, appearance in pictures():
        if not wanted or name in wanted:
            take(application, name, scene, appearance)
    if not wanted:
        made = {f"{name}.png" for name, _, _ in pictures()} | {FROM_WINDOWS}
        for left in FOLDER.rglob("*.png"):
            if left.parent != FOLDER or left.name not in made:
                left.unlink()
    return 0


def take(application: QApplication, name: str, scene: Scene, appearance: Appearance) -> None:
    """Save one picture."""
    in_few_colors(photograph(application, scene, appearance)).save(str(FOLDER / f"{name}.png"), quality=SMALLEST)
    print(name, flush=True)  # noqa: T201  its only answer


def photograph(application: QApplication, scene: Scene, appearance: Appearance) -> QImage:
    """Return the picture of a scene."""
    if appearance.language is Language.ENGLISH:
        # A bare server's locale writes dates as nobody does.
        QLocale.setDefault(QLocale("en_US"))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ui(Path(folder)) as made,
        shown_as(application, made, appearance),
        scene(made) as root,
    ):
        for _ in range(TURNS):
            rest()
        return root.grab().toImage()


def in_few_colors(image: QImage) -> QImage:
    """Return a picture in few colors, which is far smaller; alike ones become the commonest of them."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(image.constBits()).cast("I"))
    kept = [color for color, _ in counted.most_common(KEPT)]
    alike: dict[int, list[tuple[int, int]]] = {}
    for color, number in counted.items():
        alike.setdefault(color & ALIKE, []).append((number, color))
    groups = sorted(alike.values(), key=lambda group: sum(number for number, _ in group), reverse=True)
    table = [*kept, *(max(group)[1] for group in groups)][:COLORS]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


if __name__ == "__main__":
    sys.exit(main())
