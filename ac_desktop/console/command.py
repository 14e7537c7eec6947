"""Carries out one command and turns what goes wrong in the world into a sentence and an exit code."""

import argparse
from collections.abc import Callable

from ac_desktop.console import restoring
from ac_desktop.console.exits import ConsoleError, Exit
from ac_desktop.console.terminal import warn
from ac_desktop.faults import FaultReports
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError, world_trouble

Command = Callable[[Services, argparse.Namespace], Exit]


def run(open_services: Callable[[], Services], args: argparse.Namespace, faults: FaultReports) -> Exit:
    """Carry out the command; returns its exit code."""
    try:
        code = _carried_out(open_services, args)
    except Exception as error:  # noqa: BLE001  the last door: a fault of ours is reported, never shown raw
        faults.report(error)
        if world_trouble(error) is not None:
            return Exit.WRONG_USE
    else:
        if not faults.any:
            return code
    return Exit.BUG


def _carried_out(open_services: Callable[[], Services], args: argparse.Namespace) -> Exit:
    try:
        services = open_services()
        try:
            restoring.tell_how_it_opened(services)
            return _command(args.command)(services, args)
        finally:
            services.close()
    except ConsoleError as error:
        warn(str(error))
        return error.code
    except StoreError as error:
        warn(str(error))
        return Exit.WRONG_USE
    except KeyboardInterrupt:
        warn(tr("Stopped. Nothing is lost; the queue goes on with the next “ac-desktop relay”."))
        return Exit.RESTING


def _command(name: str) -> Command:
    """Return a command; what the others need is not loaded."""
    match name:
        case "connections" | "status" | "log" | "report":
            from ac_desktop.console import telling

            told: dict[str, Command] = {
                "connections": telling.connections,
                "status": telling.status,
                "log": telling.log,
                "report": telling.report,
            }
            return told[name]
        case "import" | "add":
            from ac_desktop.console import queueing

            return queueing.take if name == "import" else queueing.add
        case "erase" | "retention":
            from ac_desktop.console import keeping

            return keeping.erase if name == "erase" else keeping.retention
        case "push":
            from ac_desktop.console.pushing import push

            return push
        case "compare":
            from ac_desktop.console.comparing import compare

            return compare
        case "verify":
            from ac_desktop.console.verifying import verify

            return verify
        case "relay":
            from ac_desktop.console.relaying import relay

            return relay
        case "decide":
            from ac_desktop.console.deciding import decide

            return decide
        case _:
            return _of_connection(name)


def _of_connection(name: str) -> Command:
    from ac_desktop.console import connecting

    commands: dict[str, Command] = {
        "connect": connecting.connect,
        "test": connecting.test,
        "pause": connecting.pause,
        "resume": connecting.resume,
        "reactivate": connecting.reactivate,
    }
    return commands[name]
