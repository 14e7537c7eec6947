"""Runs one command and turns its errors into a sentence and an exit code."""

import argparse
import time
from collections.abc import Callable

from ac_desktop.console.terminal import ConsoleError, ExitCode, exit_code_of, warn
from ac_desktop.fault_reports import FaultReports
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError, world_trouble

Command = Callable[[Services, argparse.Namespace], ExitCode]


def run(open_services: Callable[[], Services], args: argparse.Namespace, faults: FaultReports) -> ExitCode:
    """Run the command and return its exit code."""
    try:
        code = _run_command(open_services, args)
    except Exception as error:  # noqa: BLE001  the last handler: an internal fault is reported, its traceback never shown
        faults.report(error)
        trouble = world_trouble(error)
        if trouble is not None:
            return exit_code_of(trouble)
    else:
        if not faults.any:
            return code
    return ExitCode.BUG


def _run_command(open_services: Callable[[], Services], args: argparse.Namespace) -> ExitCode:
    try:
        try:
            services = open_services()
        except StoreError as error:
            return _without_server(args, error)
        try:
            _print_opening_notices(services)
            _visit_office(services)
            return _command(args.command)(services, args)
        finally:
            services.close()
    except ConsoleError as error:
        warn(str(error))
        return error.code
    except StoreError as error:
        warn(str(error))
        return exit_code_of(error)
    except KeyboardInterrupt:
        warn(tr("Stopped. No donors were lost. To continue, run “ac-desktop relay” again."))
        return ExitCode.NOT_ACTIVE


def _without_server(args: argparse.Namespace, error: StoreError) -> ExitCode:
    """Do what can be done while the office's server is away. Raise the error where that is nothing."""
    if not error.may_pass:
        raise error
    from ac_desktop.console.offline import run_offline

    return run_offline(args, error, time.time())


def _print_opening_notices(services: Services) -> None:
    """Print what was done to the files to open them, if anything was."""
    if services.moved_database or services.restored_database or services.database.backup:
        from ac_desktop.console.restore import print_opening_notices

        print_opening_notices(services)


def _visit_office(services: Services) -> None:
    """Push what waits on this computer for its office, if the folder works on one."""
    if services.store.office is not None:
        from ac_desktop.console.offline import visit_office

        visit_office(services)


def _command(name: str) -> Command:
    """Return the function of a command; only its own modules are loaded."""
    match name:
        case "connections" | "status" | "log" | "report":
            from ac_desktop.console import queries

            queries_by_name: dict[str, Command] = {
                "connections": queries.connections,
                "status": queries.status,
                "log": queries.log,
                "report": queries.report,
            }
            return queries_by_name[name]
        case "import" | "add" | "layouts":
            from ac_desktop.console import importing, layouts

            of_files: dict[str, Command] = {
                "import": importing.import_files,
                "add": importing.add,
                "layouts": layouts.layouts,
            }
            return of_files[name]
        case "erase" | "retention":
            from ac_desktop.console import privacy

            return privacy.erase if name == "erase" else privacy.retention
        case "push" | "fetch":
            return _of_queue(name)
        case "compare" | "verify":
            from ac_desktop.console import account_comparison

            return account_comparison.compare if name == "compare" else account_comparison.verify
        case "relay":
            return _relay
        case "run" | "auto" | "webhooks":
            from ac_desktop.console import automation

            return {"run": automation.run, "auto": automation.auto, "webhooks": automation.webhooks}[name]
        case "decide":
            from ac_desktop.console.decide import decide

            return decide
        case _:
            return _of_connection(name)


def _relay(services: Services, args: argparse.Namespace) -> ExitCode:
    if args.serve:
        from ac_desktop.console.automation import serve

        return serve(services, args)
    from ac_desktop.console.relay import relay

    return relay(services, args)


def _of_queue(name: str) -> Command:
    if name == "fetch":
        from ac_desktop.console.fetching import fetch

        return fetch
    from ac_desktop.console.decide import push

    return push


def _of_connection(name: str) -> Command:
    from ac_desktop.console import connections

    commands: dict[str, Command] = {
        "connect": connections.connect,
        "test": connections.test,
        "pause": connections.pause,
        "resume": connections.resume,
        "reactivate": connections.reactivate,
    }
    return commands[name]
