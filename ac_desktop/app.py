"""The composition root: builds the store, the keys, the relay and the window, and nobody else does."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.console.exit_codes import ExitCode
from ac_desktop.console.terminal import say, say_json, warn
from ac_desktop.model.redact import Redactor
from ac_desktop.relay.clock import SystemClock
from ac_desktop.services import ServiceParts, Services
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.errors import StoreError
from ac_desktop.store.queries.record_reader import RecordReader
from ac_desktop.store.recovery.recovery import open_database

if TYPE_CHECKING:
    from ac_desktop.fault_reports import FaultReports
    from ac_desktop.relay.housekeeping import Housekeeper
    from ac_desktop.store.connections.keys import Keys
    from ac_desktop.ui.main.main_window import MainWindow
    from ac_desktop.ui.main.opening_notices import MovedDatabaseDialog
    from ac_desktop.ui.main.window import WindowHolder

__all__ = ["ServiceParts", "build", "open_window", "smoke"]

Begin = Callable[["WindowHolder"], None]
"""What is done with the window as soon as it is there."""


def build(folder: Path, *, given_key: str | None = None, parts: ServiceParts | None = None) -> Services:
    """Open everything in a data folder. Raises StoreError where the folder or its database cannot be used."""
    parts = parts or ServiceParts()
    opened = open_database(folder)
    return Services(
        folder=folder,
        clock=parts.clock or SystemClock(),
        redactor=Redactor(),
        database=opened.database,
        moved=opened.moved,
        restored=opened.restored,
        connections=Connections(opened.database),
        views=RecordReader(opened.database),
        given_key=given_key,
        parts=parts,
    )


def open_window(
    folder: Path,
    *,
    practice: bool,
    given_key: str | None = None,
    files: Sequence[Path] = (),
    first_paint: bool = False,
) -> int:
    """Open the window, on a practice account where asked, and run until it is closed; returns the exit code.

    `files` are taken in at once, as if they had been dropped on it. Where the data folder has a window already, that
    one comes forward and takes them in. With `first_paint` it tells how long
    that took, and closes.
    """
    from ac_desktop.platform.display import why_no_window

    trouble = why_no_window()
    if trouble:
        warn(trouble)
        return ExitCode.WRONG_USE

    from ac_desktop.ui.base.application import DesktopApplication
    from ac_desktop.ui.main.single_instance import InstanceAddress

    place = InstanceAddress(folder, practice=practice)

    def begin(shown: "WindowHolder") -> None:
        def called(brought: Sequence[Path]) -> None:
            shown.window.come_forward()
            if brought:
                shown.window.intake.take_files(brought)

        place.listen(called)
        application = DesktopApplication.instance()
        if isinstance(application, DesktopApplication):
            application.hand_over_to(called)
        if files:
            shown.window.intake.take_files(files)

    try:
        if not place.enter(files):
            return ExitCode.WELL
        if practice:
            from ac_desktop.practice_session import PracticeSession

            with PracticeSession(folder, _build_for_practice) as rehearsal:
                return _run_window(rehearsal.services, practice=True, begin=begin, first_paint=first_paint).code
        ended = _open_services(folder, given_key, begin, first_paint=first_paint)
        while ended.restore is not None:
            from ac_desktop.store.recovery.backups import restore

            restore(folder, ended.restore)
            ended = _open_services(folder, given_key, begin, first_paint=first_paint)
    except StoreError as error:
        warn(str(error))
        return ExitCode.WRONG_USE
    finally:
        place.leave()
    return ended.code


@dataclass(frozen=True)
class _Ended:
    """How the window ended: its exit code, and the backup that the person wants back, if any."""

    code: int
    restore: Path | None = None


def _open_services(folder: Path, given_key: str | None, begin: Begin, *, first_paint: bool) -> _Ended:
    services = build(folder, given_key=given_key)
    try:
        return _run_window(services, practice=False, begin=begin, first_paint=first_paint)
    finally:
        services.close()


def smoke() -> int:
    """Show that everything this installation is made of works together; returns the exit code."""
    from ac_desktop.smoke_test import run

    return run(_build_for_practice, _walk)


def _walk(services: Services, connection_id: int, file: Path) -> str:
    """Take a file from the drop to the account in a window that nobody sees; returns why it failed, or ""."""
    from ac_desktop.platform.display import why_no_window

    trouble = why_no_window()
    if trouble:
        return trouble
    from PySide6.QtCore import qVersion

    from ac_desktop.ui.dialogs.about import bundled
    from ac_desktop.ui.smoke_walk import SmokeWalk

    say(f"Qt {qVersion()}; made of {len(bundled())} packages")
    walk = SmokeWalk(services, connection_id, file)
    _run_window(services, practice=False, begin=lambda shown: walk.begin(shown.window))
    return walk.trouble


def _build_for_practice(folder: Path, keys: "Keys") -> Services:
    return build(folder, parts=ServiceParts(keys=keys))


def _run_window(services: Services, *, practice: bool, begin: Begin, first_paint: bool = False) -> _Ended:
    from PySide6.QtGui import QGuiApplication

    from ac_desktop.fault_reports import FaultReports
    from ac_desktop.ui.base.application import DesktopApplication
    from ac_desktop.ui.connection.dialogs import ConnectionDialogs
    from ac_desktop.ui.main.window import WindowHolder
    from ac_desktop.ui.main.window import open_window as show_window

    faults = FaultReports(services.folder, warn)
    faults.install()
    application = DesktopApplication.instance() or DesktopApplication(sys.argv[:1])
    application.setApplicationName("ac-desktop")
    QGuiApplication.setApplicationDisplayName("AC Desktop")
    QGuiApplication.setDesktopFileName("ac-desktop")
    dialogs = ConnectionDialogs(services)
    greeting = _Greeting(services, faults, begin)

    def make() -> "MainWindow":
        made = show_window(services, practice=practice, hooks=dialogs.hooks(), paint_first=True)
        dialogs.use(made)
        made.when_furnished(partial(greeting.greet, made))
        return made

    shown = greeting.shown = WindowHolder(make)
    if first_paint:
        shown.window.painted.connect(_tell_first_paint)
        shown.window.painted.connect(shown.window.close)
    code = application.exec()
    greeting.close()
    if isinstance(application, DesktopApplication):
        application.hand_over_to(None)
    ended = _Ended(code, greeting.told.wanted if greeting.told else None)
    del shown
    return ended


class _Greeting:
    """What follows as soon as the window is furnished: what it tells and begins, the first one more than the next."""

    def __init__(self, services: Services, faults: "FaultReports", begin: Begin) -> None:
        self._services = services
        self._faults = faults
        self._begin = begin
        self._housekeeper: Housekeeper | None = None
        self.shown: WindowHolder | None = None
        self.told: MovedDatabaseDialog | None = None

    def greet(self, window: "MainWindow") -> None:
        """Tell faults in this window; where it is the first, tell how it opened, and begin."""
        from PySide6.QtCore import QTimer

        from ac_desktop.relay.housekeeping import Housekeeper
        from ac_desktop.ui.dialogs.fault_dialog import install
        from ac_desktop.ui.main.deferred_widgets import SETTLED_MS, start_deferred
        from ac_desktop.ui.main.opening_notices import tell_how_it_opened

        install(window, self._faults)
        if self._housekeeper is not None or self.shown is None:
            return
        QTimer.singleShot(SETTLED_MS, window, start_deferred)
        services = self._services
        self.told = tell_how_it_opened(window, services)
        if self.told is None:
            window.help.welcome(window.settings)
        self._begin(self.shown)
        window.updates.ask_if_due()
        self._housekeeper = Housekeeper(
            services.retention,
            services.seen_time,
            services.clock.now,
            window.bridge.something_changed,
            lambda look: window.bridge.call(partial(window.privacy.doubt_clock, look)),
        )
        self._housekeeper.start()

    def close(self) -> None:
        """End what goes on beside the window."""
        if self._housekeeper is not None:
            self._housekeeper.close()
        self.shown = None


def _tell_first_paint() -> None:
    from ac_desktop.platform.process_metrics import first_paint_figures

    say_json(first_paint_figures())
    sys.stdout.flush()
