"""The command line: opens the window, runs a console command, or serves a practice account."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ac_desktop.importing.sources.anedot_options import AnedotOptions
from ac_desktop.platform import process, standard_streams
from ac_desktop.platform.paths import (
    ANEDOT_KEY_VARIABLE,
    ANEDOT_URL_VARIABLE,
    KEY_VARIABLE,
    OFFICE_PASSWORD_VARIABLE,
    WEBHOOK_SECRET_VARIABLE,
    data_folder,
    is_bundle,
)

if TYPE_CHECKING:
    from ac_desktop.services import Services

_DATA_DIR: Final = "--data-dir"


@dataclass(frozen=True, kw_only=True)
class WindowOptions:
    """How the window is to be opened."""

    data_dir: Path | None = None
    practice: bool = False
    first_paint: bool = False


def window_options(arguments: Sequence[str]) -> WindowOptions | None:
    """Parse a command line that only opens the window; None where it is for the parser of all commands."""
    data_dir: Path | None = None
    flags: set[str] = set()
    left = list(arguments)
    while left:
        word = left.pop(0)
        name, _, value = word.partition("=")
        if word in {"--practice", "--first-paint"}:
            flags.add(word)
        elif name == _DATA_DIR and value:
            data_dir = Path(value)
        elif word == _DATA_DIR and left and not left[0].startswith("-"):
            data_dir = Path(left.pop(0))
        else:
            return None
    return WindowOptions(data_dir=data_dir, practice="--practice" in flags, first_paint="--first-paint" in flags)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the command line asks for; returns the exit code."""
    try:
        return _run(arguments)
    finally:
        standard_streams.flush(sys.stdout)


def _run(arguments: Sequence[str] | None) -> int:
    if is_bundle():
        import multiprocessing

        # The bundle starts itself to read a file in a process of its own; such a process ends within this call.
        multiprocessing.freeze_support()
        _restore_library_path()
    process.forbid_core_dumps()
    standard_streams.print_any_text()
    options = window_options(sys.argv[1:] if arguments is None else arguments)
    webhook_secret = os.environ.pop(WEBHOOK_SECRET_VARIABLE, None)
    office_password = os.environ.pop(OFFICE_PASSWORD_VARIABLE, None)
    if options is not None:
        process.leave_garbage()
        from ac_desktop.app import open_window

        return open_window(
            data_folder(options.data_dir),
            practice=options.practice,
            given_key=os.environ.pop(KEY_VARIABLE, None),
            anedot=_anedot_options(),
            first_paint=options.first_paint,
            office_password=office_password,
        )
    from ac_desktop.console.parser import parse

    args = parse(arguments)
    if args.command == "practice":
        from ac_desktop.practice.server import run as run_practice

        return run_practice(args.port, args.rate, args.latency_ms, args.lists)
    given_key, anedot = os.environ.pop(KEY_VARIABLE, None), _anedot_options()
    if args.smoke:
        from ac_desktop.app import smoke

        return smoke()
    if args.command in {None, "open"}:
        from ac_desktop.app import open_window

        files = args.files if args.command else []
        return open_window(
            data_folder(args.data_dir),
            practice=args.practice,
            given_key=given_key,
            anedot=anedot,
            files=files,
            office_password=office_password,
        )
    if args.command == "restore":
        from ac_desktop.console.restore import restore

        return restore(data_folder(args.data_dir), args)
    if args.command == "office":
        return _office(args, office_password)
    from ac_desktop.app import build
    from ac_desktop.console.command import run
    from ac_desktop.console.terminal import warn
    from ac_desktop.fault_reports import FaultReports

    folder = data_folder(args.data_dir)
    faults = FaultReports(folder, warn)
    faults.install()
    open_services = partial(
        build,
        folder,
        given_key=given_key,
        anedot=anedot,
        webhook_secret=webhook_secret,
        office_password=office_password,
    )
    return run(open_services, args, faults)


def _office(args: argparse.Namespace, password: str | None) -> int:
    from ac_desktop.console.office import office
    from ac_desktop.console.terminal import warn
    from ac_desktop.fault_reports import FaultReports

    folder = data_folder(args.data_dir)
    FaultReports(folder, warn).install()

    def open_services() -> "Services":
        from ac_desktop.app import build

        return build(folder, office_password=password)

    return office(folder, args, password, open_services)


def _anedot_options() -> AnedotOptions:
    """Read what the environment says of Anedot; programs that are started do not inherit the key."""
    return AnedotOptions(key=os.environ.pop(ANEDOT_KEY_VARIABLE, None), url=os.environ.get(ANEDOT_URL_VARIABLE))


def _restore_library_path() -> None:
    """Restore the library path, so that programs that this one starts load the system's libraries, not the bundle's."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
