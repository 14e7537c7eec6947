"""Carries out one command and turns what goes wrong in the world into a sentence and an exit code."""

import argparse
from collections.abc import Callable, Mapping
from typing import Final

from ac_desktop.console import comparing, connecting, deciding, keeping, pushing, queueing, relaying, restoring, telling
from ac_desktop.console.exits import ConsoleError, Exit
from ac_desktop.console.terminal import warn
from ac_desktop.faults import FaultReports
from ac_desktop.model.wording import tr
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError

Command = Callable[[Services, argparse.Namespace], Exit]

COMMANDS: Final[Mapping[str, Command]] = {
    "connect": connecting.connect,
    "connections": telling.connections,
    "test": connecting.test,
    "pause": connecting.pause,
    "resume": connecting.resume,
    "reactivate": connecting.reactivate,
    "import": queueing.take,
    "add": queueing.add,
    "push": pushing.push,
    "compare": comparing.compare,
    "relay": relaying.relay,
    "decide": deciding.decide,
    "erase": keeping.erase,
    "retention": keeping.retention,
    "status": telling.status,
    "log": telling.log,
    "report": telling.report,
}


def run(open_services: Callable[[], Services], args: argparse.Namespace, faults: FaultReports) -> Exit:
    """Carry out the command; gives its exit code."""
    try:
        code = _carried_out(open_services, args)
    except Exception as error:  # noqa: BLE001  the last door: a fault of ours is reported, never shown raw
        faults.report(error)
    else:
        if not faults.any:
            return code
    return Exit.BUG


def _carried_out(open_services: Callable[[], Services], args: argparse.Namespace) -> Exit:
    try:
        services = open_services()
        try:
            restoring.tell_how_it_opened(services)
            return COMMANDS[args.command](services, args)
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
