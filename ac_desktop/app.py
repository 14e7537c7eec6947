"""The composition root: the only module that builds the store, the keys, the relay and the window."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.console.terminal import ExitCode, exit_code_of, print_json, print_line, warn
from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.model.redact import Redactor
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.model.wording import tr
from ac_desktop.platform import process
from ac_desktop.relay.clock import Clock, OfficeClock, SystemClock
from ac_desktop.services import ServiceParts, Services
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.errors import StoreError
from ac_desktop.store.opening import (
    StoredDatabase,
    StoreLocation,
    backups_of,
    office_time,
    open_store,
    own_store_in,
    store_in,
    use_office,
)

if TYPE_CHECKING:
    from ac_desktop.automation.events import AutomationEvent
    from ac_desktop.fault_reports import FaultReports
    from ac_desktop.relay.housekeeping import Housekeeper
    from ac_desktop.store.connections.keys import Keys
    from ac_desktop.ui.automation.background import AutomationThread
    from ac_desktop.ui.base.message_bar import Message
    from ac_desktop.ui.connection.dialogs import ConnectionDialogs
    from ac_desktop.ui.dialogs.fault_dialog import FaultNotifier
    from ac_desktop.ui.main.main_window import MainWindow
    from ac_desktop.ui.main.opening_notices import MovedDatabaseDialog
    from ac_desktop.ui.main.single_instance import InstanceAddress
    from ac_desktop.ui.main.window import WindowHolder
    from ac_desktop.ui.office.queue_change import QueueChange

__all__ = ["ServiceParts", "build", "open_window", "smoke"]

OnOpened = Callable[["WindowHolder"], None]
"""What is done with the window as soon as it is built."""


def build(
    folder: Path,
    *,
    given_key: str | None = None,
    parts: ServiceParts | None = None,
    anedot: AnedotOptions | None = None,
    webhook_secret: str | None = None,
    office_password: str | None = None,
) -> Services:
    """Open everything in a data folder. Raises StoreError where the folder or its database cannot be used."""
    parts = parts or ServiceParts()
    store = parts.store or store_in(folder, office_password)
    redactor = Redactor()
    if store.office is not None:
        redactor.learn(store.office.password)
    office_use = use_office(store)
    try:
        opened = open_store(store)
    except StoreError:
        if office_use is not None:
            office_use.close()
        raise
    return Services(
        folder=folder,
        store=store,
        office_use=office_use,
        clock=parts.clock or _clock_of(store, opened.database),
        redactor=redactor,
        database=opened.database,
        backups=backups_of(store),
        moved_database=opened.moved,
        restored_database=opened.restored,
        connections=Connections(opened.database),
        given_key=given_key,
        parts=parts,
        anedot_options=anedot or AnedotOptions(),
        given_webhook_secret=webhook_secret,
    )


def _clock_of(store: StoreLocation, database: StoredDatabase) -> Clock:
    server = office_time(store, database)
    return OfficeClock(server) if server is not None else SystemClock()


def open_window(
    folder: Path,
    *,
    practice: bool,
    given_key: str | None = None,
    anedot: AnedotOptions | None = None,
    files: Sequence[Path] = (),
    first_paint: bool = False,
    office_password: str | None = None,
) -> int:
    """Open the window, on a practice account where asked, and run until it is closed; returns the exit code.

    `files` are imported at once, as if they had been dropped on it. Where the data folder has a window already, that
    one is raised and imports them. With `first_paint` the window prints how long its first paint took, and closes.
    """
    problem = why_no_window()
    if problem:
        warn(problem)
        return ExitCode.WRONG_USE
    from ac_desktop.ui.base.application import DesktopApplication
    from ac_desktop.ui.main.single_instance import InstanceAddress

    address = InstanceAddress(folder, practice=practice)

    def begin(first_files: Sequence[Path], holder: "WindowHolder") -> None:
        def called(brought: Sequence[Path]) -> None:
            holder.window.come_forward()
            if brought:
                holder.window.deferred.open_files(brought)

        address.listen(called)
        application = DesktopApplication.instance()
        if isinstance(application, DesktopApplication):
            application.deliver_to(called)
        if all_files := [*first_files, *address.kept_files()]:
            holder.window.deferred.open_files(all_files)

    try:
        own_store_in(folder)
        if not address.acquire(files):
            return ExitCode.OK
        if practice:
            from ac_desktop.practice_session import PracticeSession

            with PracticeSession(folder, _build_for_practice) as session:
                begun = partial(begin, files)
                return _run_window(session.services, practice=True, begin=begun, first_paint=first_paint).code
        store = _asked_store_in(folder, office_password)
        built = partial(build, folder, given_key=given_key, anedot=anedot)
        opened = built if first_paint else partial(_once_reached, built, folder, address)
        return _run_windows(store, opened, begin, files, first_paint=first_paint)
    except StoreError as error:
        warn(str(error))
        return exit_code_of(error)
    finally:
        address.release()


def _asked_store_in(folder: Path, office_password: str | None) -> StoreLocation:
    """Return the location of a data folder's store; the password of an office is asked for where it is not known."""
    try:
        return store_in(folder, office_password)
    except StoreError as error:
        if error.message is not StoreMessage.OFFICE_PASSWORD_MISSING:
            raise
        from ac_desktop.ui.office.password_dialog import asked_location

        return asked_location(folder, error)


def _run_windows(
    store: StoreLocation,
    build_services: Callable[..., Services | None],
    begin: "Callable[[Sequence[Path], WindowHolder], None]",
    files: Sequence[Path],
    *,
    first_paint: bool,
) -> int:
    """Run a window, and another one each time the person wants another queue or a backup; return the exit code."""
    password = None if store.office is None else store.office.password
    told: Message | None = None
    while True:
        services = partial(build_services, office_password=password)
        ended = _open_services(services, partial(begin, files), first_paint=first_paint, told=told)
        if ended.change is not None:
            from ac_desktop.ui.office.queue_change import made

            told, password = made(ended.change, password)
            files = ()
        elif ended.restore is not None and (backups := backups_of(own_store_in(store.folder))) is not None:
            told = None
            backups.restore(ended.restore)
        else:
            return ended.code


def _once_reached(
    build_services: Callable[..., Services], folder: Path, address: "InstanceAddress", office_password: str | None
) -> Services | None:
    """Build the services, once an office's server is back; return None where a person closed the window before."""
    build_now = partial(build_services, office_password=office_password)
    try:
        return build_now()
    except StoreError as error:
        if not error.may_pass:
            raise
        from ac_desktop.ui.offline.waiting import services_once_reached

        return services_once_reached(build_now, store_in(folder, office_password), error, address.listen_and_keep)


@dataclass(frozen=True)
class _WindowResult:
    """How the window ended; `restore` is the backup that the person chose, `change` that of this computer's queue."""

    code: int
    restore: Path | None = None
    change: "QueueChange | None" = None


def _open_services(
    build_services: Callable[[], Services | None],
    begin: OnOpened,
    *,
    first_paint: bool = False,
    told: "Message | None" = None,
) -> _WindowResult:
    services = build_services()
    if services is None:
        return _WindowResult(ExitCode.OK)
    try:
        return _run_window(services, practice=False, begin=begin, first_paint=first_paint, told=told)
    finally:
        services.close()


def smoke() -> int:
    """Run the smoke test of this installation; returns the exit code."""
    from ac_desktop.smoke_test import run

    return run(_build_for_practice, _run_smoke_window)


def _run_smoke_window(services: Services, connection_id: int, file: Path) -> str:
    """Relay a file's donors by an offscreen window; returns why it failed, or ""."""
    problem = why_no_window()
    if problem:
        return problem
    from PySide6.QtCore import qVersion

    from ac_desktop.ui.dialogs.about import bundled
    from ac_desktop.ui.smoke_run import SmokeRun

    print_line(f"Qt {qVersion()}; made of {len(bundled())} packages")
    smoke = SmokeRun(services, connection_id, file)
    _run_window(services, practice=False, begin=lambda holder: smoke.begin(holder.window))
    return smoke.failure


def _build_for_practice(folder: Path, keys: "Keys", anedot: AnedotOptions | None = None) -> Services:
    return build(folder, parts=ServiceParts(keys=keys), anedot=anedot)


def _run_window(
    services: Services,
    *,
    practice: bool,
    begin: OnOpened,
    first_paint: bool = False,
    told: "Message | None" = None,
) -> _WindowResult:
    from ac_desktop.fault_reports import FaultReports
    from ac_desktop.ui.base.application import DesktopApplication, desktop_application
    from ac_desktop.ui.connection.dialogs import ConnectionDialogs
    from ac_desktop.ui.main.window import WindowHolder
    from ac_desktop.ui.main.window import open_window as show_window

    faults = FaultReports(services.folder, warn)
    faults.install()
    application = desktop_application()
    dialogs = ConnectionDialogs(services)
    after_opening = _AfterOpening(services, faults, begin, told)

    def make() -> "MainWindow":
        made = show_window(services, practice=practice, openers=dialogs.openers(), paint_first=True)
        dialogs.bind(made.bridge, made.choose_connection, made)
        made.when_built(partial(_add_settings_pages, dialogs, made))
        made.when_built(partial(after_opening.run, made))
        made.when_built(process.exempt_from_collecting)
        return made

    holder = after_opening.holder = WindowHolder(make)
    if first_paint:
        holder.window.painted.connect(_print_first_paint)
        holder.window.painted.connect(holder.window.close)
    code = application.exec()
    after_opening.close()
    if isinstance(application, DesktopApplication):
        application.deliver_to(None)
    wanted = after_opening.moved_dialog.wanted if after_opening.moved_dialog else None
    last = holder.window
    change = last.deferred.office_controller.change if last.is_built else None
    ended = _WindowResult(code, wanted, change)
    del holder, last
    return ended


def _add_settings_pages(dialogs: "ConnectionDialogs", window: "MainWindow") -> None:
    """Show the sources and what runs by itself in the settings of connections."""
    dialogs.add_settings_pages(window.deferred.automation.settings_pages)


class _AfterOpening:
    """What follows once a window's deferred widgets are built: its notices, and for the first window what it starts."""

    def __init__(
        self, services: Services, faults: "FaultReports", begin: OnOpened, told: "Message | None" = None
    ) -> None:
        self._services = services
        self._faults = faults
        self._begin = begin
        self._told = told
        self._housekeeper: Housekeeper | None = None
        self._automation: AutomationThread | None = None
        self._notifier: FaultNotifier | None = None
        self.holder: WindowHolder | None = None
        self.moved_dialog: MovedDatabaseDialog | None = None

    def run(self, window: "MainWindow") -> None:
        """Show faults in this window; in the first one, show how the database was opened, and call `begin`."""
        from ac_desktop.relay.housekeeping import Housekeeper
        from ac_desktop.ui.automation.background import AutomationThread
        from ac_desktop.ui.dialogs.fault_dialog import install
        from ac_desktop.ui.main.opening_notices import show_opening_notices

        self._notifier = install(window, self._faults)
        self._notifier.store_is_away.connect(window.show_store_error)
        services = self._services
        if self._automation is None:
            self._automation = AutomationThread(services, self._show_event)
        window.stop_automation = self._automation.close
        if self._housekeeper is not None or self.holder is None:
            return
        self.moved_dialog = show_opening_notices(window, services)
        if self.moved_dialog is None:
            window.deferred.help_controller.welcome(window.settings)
        if self._told is not None:
            window.message_bar.show_message(self._told)
        self._begin(self.holder)
        window.deferred.update_controller.ask_if_due()
        self._housekeeper = Housekeeper(
            services.retention,
            services.seen_time,
            services.clock.now,
            window.bridge.something_changed,
            lambda reading: window.bridge.call(partial(window.deferred.privacy_controller.doubt_clock, reading)),
        )
        self._housekeeper.start()
        self._automation.start()

    def _show_event(self, event: "AutomationEvent") -> None:
        """Make the window read the store again, and show what is of this computer, from the automation's thread."""
        if self.holder is not None:
            window = self.holder.window
            window.bridge.something_changed()
            window.bridge.call(partial(window.deferred.automation.show_event, event))

    def close(self) -> None:
        """Stop what runs in the background; faults are shown on the terminal again."""
        if self._notifier is not None:
            self._notifier.close()
        if self._automation is not None:
            self._automation.close()
        if self._housekeeper is not None:
            self._housekeeper.close()
        self.holder = None


def _print_first_paint() -> None:
    print_json(process.first_paint_figures())
    sys.stdout.flush()


def why_no_window() -> str:
    """Return one sentence that says why no window can be opened here; "" where one can."""
    from ac_desktop.platform import display

    if not display.has_screen():
        return tr(
            "There is no display to open the window on. Use “ac-desktop import” and “ac-desktop relay” instead. "
            "For help, run “ac-desktop --help”."
        )
    missing = display.missing_libraries(display.needed_libraries())
    if not missing:
        return ""
    return tr(
        "The window needs system libraries that aren't installed. On Debian or Ubuntu: sudo apt install "
        "{debian}. On Fedora: sudo dnf install {fedora}. Or work without the window: “ac-desktop import” and "
        "“ac-desktop relay”.",
        debian=" ".join(sorted({debian for debian, _ in missing.values()})),
        fedora=" ".join(sorted({fedora for _, fedora in missing.values()})),
    )
