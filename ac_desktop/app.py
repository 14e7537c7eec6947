"""The composition root: builds the store, the keys, the relay and the window, and nobody else does."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.activecampaign.pace import Pace, PaceLedger
from ac_desktop.console.exits import Exit
from ac_desktop.console.terminal import say, warn
from ac_desktop.model.address import AccountAddress
from ac_desktop.model.connection import Connection
from ac_desktop.model.redact import Redactor
from ac_desktop.relay import network
from ac_desktop.relay.account_check import AccountCheck
from ac_desktop.relay.clock import Clock, SystemClock
from ac_desktop.relay.compare import Comparison
from ac_desktop.relay.engine import WORKERS, Engine
from ac_desktop.services import Services
from ac_desktop.store.bulk_changes import BulkChanges
from ac_desktop.store.bulk_queue import BulkQueue
from ac_desktop.store.connections import Connections
from ac_desktop.store.decisions import Decisions
from ac_desktop.store.erasing import Erasing
from ac_desktop.store.errors import StoreError
from ac_desktop.store.fingerprints import Fingerprints
from ac_desktop.store.history import History
from ac_desktop.store.keys import GivenKey, KeyringKeys, Keys
from ac_desktop.store.layouts import Layouts
from ac_desktop.store.owners import Owners
from ac_desktop.store.pace_ledger import StoredPaceLedger
from ac_desktop.store.pushing import Pushing
from ac_desktop.store.queue import Queue
from ac_desktop.store.repairs import Repairs
from ac_desktop.store.retention import Retention
from ac_desktop.store.set_aside import open_database, restore
from ac_desktop.store.staging import Staging
from ac_desktop.store.views import Views
from ac_desktop.store.watched import WatchedFolders

if TYPE_CHECKING:
    from ac_desktop.activecampaign.client import Client
    from ac_desktop.ui.main_window import MainWindow
    from ac_desktop.ui.window import OneWindow


Begin = Callable[["OneWindow"], None]
"""What is done with the window as soon as it is there."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a test may put in the place of the real thing; None means the real one."""

    keys: Keys | None = None
    clock: Clock | None = None
    ledger: PaceLedger | None = None
    offline: Callable[[str], bool] = network.offline
    workers: int = WORKERS


def build(folder: Path, *, given_key: str | None = None, parts: Parts | None = None) -> Services:
    """Open everything in a data folder. Raises StoreError where the folder or its database cannot be used."""
    parts = parts or Parts()
    clock = parts.clock or SystemClock()
    redactor = Redactor()
    opened = open_database(folder)
    database = opened.database
    owners = Owners(folder)
    ledger = parts.ledger or StoredPaceLedger(folder)
    connections, queue = Connections(database), Queue(database, owners)
    keys = parts.keys or KeyringKeys(redactor)
    if given_key:
        keys = GivenKey(given_key, keys, redactor)
    pace = Pace(ledger, clock.now, clock.nap)
    return Services(
        folder=folder,
        clock=clock,
        redactor=redactor,
        database=database,
        set_aside=opened.set_aside,
        owners=owners,
        connections=connections,
        queue=queue,
        changes=BulkChanges(database),
        views=Views(database),
        history=History(database),
        decisions=Decisions(database),
        staging=Staging(database, owners),
        repairs=Repairs(database),
        fingerprints=Fingerprints(database),
        layouts=Layouts(database),
        pushing=Pushing(database),
        retention=Retention(database),
        erasing=Erasing(database, owners),
        watched=WatchedFolders(database),
        keys=keys,
        check=AccountCheck(pace, clock, _client),
        comparison=Comparison(pace, clock, redactor, _client),
        engine=Engine(
            database=database,
            queue=queue,
            bulk_queue=BulkQueue(database, owners),
            connections=connections,
            keys=keys,
            pace=pace,
            clock=clock,
            redactor=redactor,
            sender_for=_client_of,
            offline=parts.offline,
            workers=parts.workers,
        ),
        ledger=ledger,
        meter=pace.meter,
    )


def _client(address: AccountAddress, key: str) -> "Client":
    from ac_desktop.activecampaign.client import Client

    return Client(address, key)


def _client_of(connection: Connection, key: str) -> "Client":
    return _client(connection.settings.address, key)


def open_window(folder: Path, *, practice: bool, given_key: str | None = None, files: Sequence[Path] = ()) -> int:
    """Open the window, on a practice account where asked, and run until it is closed; gives the exit code.

    `files` are taken in at once, as if they had been dropped on it. Where the data folder has a window already, that
    one comes forward and takes them in.
    """
    from ac_desktop.display import why_no_window

    trouble = why_no_window()
    if trouble:
        warn(trouble)
        return Exit.WRONG_USE

    from ac_desktop.ui.first_window import WindowPlace

    place = WindowPlace(folder, practice=practice)

    def begin(shown: "OneWindow") -> None:
        def called(brought: Sequence[Path]) -> None:
            shown.window.come_forward()
            if brought:
                shown.window.intake.take_files(brought)

        place.listen(called)
        if files:
            shown.window.intake.take_files(files)

    try:
        if not place.enter(files):
            return Exit.WELL
        if practice:
            from ac_desktop.rehearsal import Rehearsal

            with Rehearsal(folder, _build_for_practice) as rehearsal:
                return _run_window(rehearsal.services, practice=True, begin=begin).code
        ended = _open_services(folder, given_key, begin)
        while ended.restore is not None:
            restore(folder, ended.restore)
            ended = _open_services(folder, given_key, begin)
    except StoreError as error:
        warn(str(error))
        return Exit.WRONG_USE
    finally:
        place.leave()
    return ended.code


@dataclass(frozen=True)
class _Ended:
    """How the window ended: its exit code, and the backup that the person wants back, if any."""

    code: int
    restore: Path | None = None


def _open_services(folder: Path, given_key: str | None, begin: Begin) -> _Ended:
    services = build(folder, given_key=given_key)
    try:
        return _run_window(services, practice=False, begin=begin)
    finally:
        services.close()


def smoke() -> int:
    """Show that everything this installation is made of works together; gives the exit code."""
    from ac_desktop.smoke import run

    return run(_build_for_practice, _walk)


def _walk(services: Services, connection_id: int, file: Path) -> str:
    """Take a file from the drop to the account in a window that nobody sees; gives why it failed, or ""."""
    from ac_desktop.display import why_no_window

    trouble = why_no_window()
    if trouble:
        return trouble
    from PySide6.QtCore import qVersion

    from ac_desktop.ui.about import bundled
    from ac_desktop.ui.smoke_walk import SmokeWalk

    say(f"Qt {qVersion()}; made of {len(bundled())} packages")
    walk = SmokeWalk(services, connection_id, file)
    _run_window(services, practice=False, begin=lambda shown: walk.begin(shown.window))
    return walk.trouble


def _build_for_practice(folder: Path, keys: Keys) -> Services:
    return build(folder, parts=Parts(keys=keys))


def _run_window(services: Services, *, practice: bool, begin: Begin) -> _Ended:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from ac_desktop.faults import FaultReports
    from ac_desktop.relay.housekeeping import Housekeeper
    from ac_desktop.ui.connection_dialogs import ConnectionDialogs
    from ac_desktop.ui.fault_dialog import install
    from ac_desktop.ui.opening import tell_how_it_opened
    from ac_desktop.ui.window import OneWindow
    from ac_desktop.ui.window import open_window as show_window

    faults = FaultReports(services.folder, warn)
    faults.install()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName("ac-desktop")
    QGuiApplication.setApplicationDisplayName("AC Desktop")
    QGuiApplication.setDesktopFileName("ac-desktop")
    dialogs = ConnectionDialogs(services)

    def make() -> "MainWindow":
        made = show_window(services, practice=practice, hooks=dialogs.hooks())
        dialogs.use(made)
        install(made, faults)
        return made

    shown = OneWindow(make)
    window = shown.window
    told = tell_how_it_opened(window, services)
    if told is None:
        window.help.welcome(window.settings)
    begin(shown)
    housekeeper = Housekeeper(services.retention, services.clock.now, window.bridge.something_changed)
    housekeeper.start()
    code = application.exec()
    housekeeper.close()
    ended = _Ended(code, told.wanted if told else None)
    del shown, window, told
    return ended
