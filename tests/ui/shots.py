"""Makes pictures of the window in every look, for people to judge: `python -m tests.ui.shots FOLDER`.

Give it a screen (xvfb-run will do) and `QT_QPA_PLATFORM=xcb`, else it paints offscreen.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QMenu

from ac_desktop.app import Parts, build
from ac_desktop.model.redact import Redactor
from ac_desktop.model.states import RecordState
from ac_desktop.services import Services
from ac_desktop.store.keys import SessionKeys
from ac_desktop.ui import veil
from ac_desktop.ui.language import Language
from ac_desktop.ui.log.details import DetailsTab
from ac_desktop.ui.main_window import MainWindow
from ac_desktop.ui.queue.decide_dialog import DecideDialog
from ac_desktop.ui.settings import FILE_NAME, WindowSettings
from ac_desktop.ui.theme import Scheme
from ac_desktop.ui.window import open_window
from tests.ui.benchmark import idle, nothing, until
from tests.ui.million import fill

SIZE = (1280, 820)
FEW = 600


class Camera:
    """Opens a window on a store, lets somebody arrange it, and takes its picture."""

    def __init__(self, application: QApplication, target: Path) -> None:
        self._application = application
        self._target = target

    def take(
        self,
        name: str,
        folder: Path,
        arrange: Callable[[MainWindow], None],
        *,
        scheme: Scheme = Scheme.LIGHT,
        language: Language = Language.ENGLISH,
        font: float = 1.0,
    ) -> None:
        services = _open(folder)
        (folder / FILE_NAME).unlink(missing_ok=True)
        settings = WindowSettings(services.folder)
        settings.scheme, settings.language = scheme, language
        settings.save()
        before = self._application.font()
        larger = self._application.font()
        larger.setPointSizeF(before.pointSizeF() * font)
        self._application.setFont(larger)
        window = open_window(services, hooks=nothing())
        window.resize(*(round(side * min(font, 1.3)) for side in SIZE))
        arrange(window)
        until(partial(idle, window))
        window.grab().save(str(self._target / f"{name}.png"))
        for menu in window.findChildren(QMenu):
            if menu.isVisible():
                menu.grab().save(str(self._target / f"{name}-menu.png"))
                menu.close()
        for dialog in window.findChildren(DecideDialog):
            dialog.grab().save(str(self._target / f"{name}-dialog.png"))
            dialog.close()
        window.close()
        window.deleteLater()
        self._application.setFont(before)
        veil.lower(down=False)
        services.close()
        print(name, flush=True)  # noqa: T201


def _open(folder: Path) -> Services:
    return build(folder, parts=Parts(keys=SessionKeys(Redactor()), offline=lambda _: False))


def _first(window: MainWindow) -> None:
    until(partial(idle, window))
    window.queue.table.selectRow(1)
    window.details.open_tab(DetailsTab.REQUEST)


def _failed(window: MainWindow) -> None:
    window.queue.tabs.choose(RecordState.FAILED)
    _first(window)
    window.details.open_tab(DetailsTab.SUMMARY)


def _answer(window: MainWindow) -> None:
    window.queue.tabs.choose(RecordState.SENT)
    _first(window)
    window.details.open_tab(DetailsTab.RESPONSE)


def _chart(window: MainWindow) -> None:
    _first(window)
    window.actions_.activity.setChecked(True)


def _filtered(window: MainWindow) -> None:
    until(partial(idle, window))
    window.queue.filter.look_for("annie state:failed")


def _no_match(window: MainWindow) -> None:
    until(partial(idle, window))
    window.queue.filter.look_for("smth")


def _veiled(window: MainWindow) -> None:
    _failed(window)
    window.actions_.veil.setChecked(True)


def _menu(window: MainWindow) -> None:
    _failed(window)
    window.queue.table.selectAll()
    window.queue_conduct.menu_of_selected().popup(window.mapToGlobal(window.rect().center()))


def _decide(window: MainWindow) -> None:
    window.queue.tabs.choose(RecordState.HELD)
    _first(window)
    window.queue_conduct.decide(window.queue.table.selected_ids())


def _end(window: MainWindow) -> None:
    until(partial(idle, window))
    bar = window.queue.table.verticalScrollBar()
    bar.setValue(bar.maximum())


def _nothing_yet(window: MainWindow) -> None:
    until(partial(idle, window))


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    camera = Camera(QApplication(sys.argv[:1]), target)
    with tempfile.TemporaryDirectory() as temporary:
        few, empty, million = (Path(temporary) / name for name in ("few", "empty", "million"))
        fill(few, FEW, now=time.time())
        fill(empty, 0)
        camera.take("light", few, _first)
        camera.take("dark", few, _first, scheme=Scheme.DARK)
        camera.take("failed", few, _failed)
        camera.take("failed-dark", few, _failed, scheme=Scheme.DARK)
        camera.take("answer", few, _answer)
        camera.take("chart", few, _chart)
        camera.take("filtered", few, _filtered)
        camera.take("no-match", few, _no_match)
        camera.take("veiled", few, _veiled)
        camera.take("menu", few, _menu)
        camera.take("decide", few, _decide)
        camera.take("spanish", few, _failed, language=Language.SPANISH)
        camera.take("spanish-200", few, _failed, language=Language.SPANISH, font=2.0)
        camera.take("font-200", few, _first, font=2.0)
        camera.take("empty", empty, _nothing_yet)
        camera.take("no-connection", Path(temporary) / "none", _nothing_yet)
        if "--million" in sys.argv:
            fill(million, 1_000_000)
            camera.take("million", million, _end)


if __name__ == "__main__":
    main()
