"""The dialog that fetches donations from Anedot: at first, refused, and where nothing is new."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QWidget

from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.practice.anedot_server import AnedotServer
from ac_desktop.ui.importing.fetch_dialog import FetchDialog
from tests.ui.connection.support import KEY, UiHarness
from tests.ui.scenes.stage import Scene, close_for_good, rest, until


@contextmanager
def _opened(ui: UiHarness, url: str | None = None) -> Iterator[FetchDialog]:
    services = replace(ui.services, anedot_options=AnedotOptions(url=url))
    dialog = FetchDialog(services, ui.bridge, ui.harness.connect("Spring Appeal"))
    dialog.open()
    until(dialog.fetch.isEnabled)
    rest()
    try:
        yield dialog
    finally:
        close_for_good(dialog)


@contextmanager
def _at_first(ui: UiHarness) -> Iterator[QWidget]:
    with _opened(ui) as dialog:
        yield dialog


@contextmanager
def _nothing_entered(ui: UiHarness) -> Iterator[QWidget]:
    with _opened(ui) as dialog:
        dialog.fetch.click()
        dialog.account.setText("a1")
        dialog.since.setDate(dialog.until.date().addDays(1))
        dialog.fetch.click()
        yield dialog


@contextmanager
def _refused(ui: UiHarness) -> Iterator[QWidget]:
    with AnedotServer() as server, _opened(ui, server.url) as dialog:
        dialog.account.setText(server.uid)
        dialog.key.line.setText(KEY)
        dialog.fetch.click()
        until(dialog.fetch.isEnabled)
        yield dialog


@contextmanager
def _nothing_new(ui: UiHarness) -> Iterator[QWidget]:
    with AnedotServer() as server, _opened(ui, server.url) as dialog:
        dialog.account.setText(server.uid)
        dialog.key.line.setText(server.key)
        dialog.fetch.click()
        until(dialog.fetch.isEnabled)
        yield dialog


SCENES: Final[Mapping[str, Scene]] = {
    "fetch": _at_first,
    "fetch-nothing-entered": _nothing_entered,
    "fetch-refused": _refused,
    "fetch-nothing-new": _nothing_new,
}
