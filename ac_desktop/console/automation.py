"""run and auto: what runs by itself without a window, and what of it is switched on for a connection."""

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from types import FrameType
from typing import Final

from ac_desktop.automation.automation import Automation
from ac_desktop.automation.events import AutomationCode, AutomationEvent
from ac_desktop.automation.intake import ImportDoubt
from ac_desktop.automation.service import ServiceRelaying
from ac_desktop.automation.status import AutomationControl, AutomationStatus, NextAction
from ac_desktop.console.connections import connection_of
from ac_desktop.console.terminal import (
    ConsoleError,
    ExitCode,
    ask_hidden,
    is_interactive,
    moment,
    print_json,
    print_line,
)
from ac_desktop.model.connection import Connection, KeyPlace
from ac_desktop.model.reasons import ReasonCode, reason
from ac_desktop.model.schedule import Schedule, ScheduleError, parse_time_of_day
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.platform.paths import KEY_VARIABLE, WEBHOOK_SECRET_VARIABLE
from ac_desktop.platform.standard_streams import flush
from ac_desktop.reporting.office_texts import visit_texts
from ac_desktop.services import Services
from ac_desktop.store.office.duty import DutyWish

_LAST_PORT: Final = 65_535
_LAST_ATTEMPTS: Final = 20.0
"""Seconds in which the requests that are under way may end before the program does."""
_SIGNALS: Final = ("SIGTERM", "SIGINT", "SIGBREAK", "SIGHUP")


def run(services: Services, args: argparse.Namespace) -> ExitCode:
    """Run by itself until a signal, or once; print what happens, line by line."""
    address = _webhook_address(services, args)
    printer = _Printer(as_json=args.json)
    automation = Automation(
        services,
        printer,
        wish=DutyWish.SERVICE,
        ends_relays_within=None if args.once else _LAST_ATTEMPTS,
    )
    with _stopped_by_signals(automation), _webhooks(services, address, automation):
        automation.run(once=args.once)
    return _exit_code(services) if args.once else ExitCode.OK


def serve(services: Services, args: argparse.Namespace) -> ExitCode:
    """Relay one connection, or all, until a signal; print what happens as lines of JSON."""
    printer = _Printer(as_json=True)
    connection_id = connection_of(services, args).id if args.name else None
    if connection_id is None and services.given_key and len({one.account for one in services.connections.all()}) > 1:
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "{variable} has the API key of one account, and there are several. Add the name of a connection.",
                variable=KEY_VARIABLE,
            ),
        )
    automation = Automation(
        services,
        printer,
        wish=DutyWish.SERVICE,
        relaying=ServiceRelaying(services, printer, connection_id=connection_id),
        looks=False,
        ends_relays_within=_LAST_ATTEMPTS,
    )
    with _stopped_by_signals(automation):
        automation.run()
    return ExitCode.OK


def _webhook_address(services: Services, args: argparse.Namespace) -> tuple[str, int] | None:
    """Return where webhooks are accepted, None where they are not. Raises ConsoleError where they cannot be."""
    if args.webhooks is None:
        return None
    host, _, port = args.webhooks.rpartition(":")
    host = host.strip("[]")
    if args.once or not host or not port.isdecimal() or int(port) > _LAST_PORT:
        raise ConsoleError(ExitCode.WRONG_USE, tr("Give --webhooks an address such as 127.0.0.1:8080, without --once."))
    if not args.webhooks_open and not _is_loopback(host):
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "{host} can be reached from other computers. Put your organization's TLS in front of a loopback "
                "address, or add --webhooks-open.",
                host=host,
            ),
        )
    if not any(services.webhook_secrets.get(one.id) for one in services.connections.all()):
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "No connection has a webhook secret. Use “ac-desktop webhooks NAME”, or set it in the "
                "environment variable {variable}.",
                variable=WEBHOOK_SECRET_VARIABLE,
            ),
        )
    return host, int(port)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _webhooks(services: Services, address: tuple[str, int] | None, automation: Automation) -> Iterator[None]:
    """Accept webhooks meanwhile; whatever one brings in is relayed at once where it may be."""
    if address is None:
        yield
        return
    from ac_desktop.automation.webhook_server import WebhookServer

    def report(event: AutomationEvent) -> None:
        automation.report(event)
        automation.wake()

    try:
        server = WebhookServer(services, *address, report)
        with server:
            texts = {"address": server.address}
            report(AutomationEvent(at=services.clock.now(), code=AutomationCode.LISTENING, texts=texts))
            yield
    except OSError as error:
        text = tr("AC Desktop can't listen at {host} ({detail}).", host=address[0], detail=error.strerror or str(error))
        raise ConsoleError(ExitCode.WRONG_USE, text) from error


def webhooks(services: Services, args: argparse.Namespace) -> ExitCode:
    """Store the secret of a connection's webhook, or delete it."""
    connection = connection_of(services, args)
    if args.forget:
        services.webhook_secrets.delete(connection.id)
        print_line(tr("The webhook secret of “{name}” is deleted.", name=connection.name))
        return ExitCode.OK
    if not is_interactive():
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "Type the secret at a terminal, or put it into the variable {variable}.",
                variable=WEBHOOK_SECRET_VARIABLE,
            ),
        )
    secret = ask_hidden(tr("Webhook secret (hidden as you type):")).strip()
    if not secret:
        raise ConsoleError(ExitCode.WRONG_USE, tr("No secret was given, so none is saved."))
    location = services.webhook_secrets.set(connection.id, secret)
    if location.place is KeyPlace.SESSION:
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "This computer has no keyring. Put the secret into the variable {variable}.",
                variable=WEBHOOK_SECRET_VARIABLE,
            ),
        )
    print_line(location.text)
    return ExitCode.OK


class _Printer:
    """Prints events one a line as they come, from whichever thread: a service's log is read while it runs."""

    def __init__(self, *, as_json: bool) -> None:
        self._print = _print_json if as_json else _print_text
        self._lock = threading.Lock()

    def __call__(self, event: AutomationEvent) -> None:
        with self._lock:
            self._print(event)
            flush(sys.stdout)


def _print_json(event: AutomationEvent) -> None:
    at = datetime.fromtimestamp(event.at, UTC).isoformat(timespec="milliseconds")
    name = {"connection": event.connection} if event.connection else {}
    print_json({"time": at, "event": event.code.value, **name, **event.numbers, **event.texts})


def _print_text(event: AutomationEvent) -> None:
    print_line(f"{event.connection}: {_text(event)}" if event.connection else _text(event))


def _text(event: AutomationEvent) -> str:
    numbers, texts = event.numbers, event.texts
    match event.code:
        case AutomationCode.QUEUED:
            return tr(
                "Queued. Waiting: {waiting}. Held: {held}. Skipped: {skipped}. {source}",
                source=texts.get("file", ""),
                **{name: numbers.get(name, 0) for name in ("waiting", "held", "skipped")},
            ).rstrip()
        case AutomationCode.NEEDS_ANSWER:
            return tr("{source} wasn't queued. {why}", source=_source(texts.get("file", "")), why=_why(texts["why"]))
        case AutomationCode.RELAYING:
            count = numbers.get("waiting", 0)
            return ntr("Relaying {count} donor.", "Relaying {count} donors.", count)
        case AutomationCode.RELAYED:
            return tr("Relay finished. Sent: {sent}. Failed: {failed}. Held: {held}.", **numbers)
        case AutomationCode.FETCH_FAILED:
            return tr("Donations couldn't be fetched ({problem}).", problem=texts.get("problem", ""))
        case AutomationCode.REFUSED:
            return tr("A webhook request was refused ({problem}).", problem=texts.get("problem", ""))
        case AutomationCode.OUTBOX_PUSHED | AutomationCode.KEY_OUTDATED:
            return _office_text(event)
        case AutomationCode.LISTENING:
            return tr("Webhooks are accepted at {address}.", address=texts.get("address", ""))
        case _:
            return _plain_text(event.code)


def _office_text(event: AutomationEvent) -> str:
    if event.code is AutomationCode.KEY_OUTDATED:
        return reason(ReasonCode.KEY_OUTDATED, **event.texts).text
    return " ".join(visit_texts(**event.numbers))


def _plain_text(code: AutomationCode) -> str:
    return {
        AutomationCode.STARTED: tr("AC Desktop runs automatically. Press Ctrl+C to stop."),
        AutomationCode.STOPPED: tr("AC Desktop stopped. No donors were lost."),
        AutomationCode.STANDBY: tr("Another AC Desktop on this computer looks at the sources. This one waits."),
        AutomationCode.SERVER_AWAY: tr("The office's server can't be reached. AC Desktop continues when it's back."),
        AutomationCode.SERVER_BACK: tr("The office's server can be reached again."),
        AutomationCode.LOOKED: tr("Nothing new."),
        AutomationCode.FOLDER_UNREADABLE: tr("The watched folder can't be read."),
        AutomationCode.SWITCHED_OFF: tr("The connection is inactive after five failures in a row."),
        AutomationCode.KEY_MISSING: tr("There is no API key for this connection, so no donor is sent."),
    }.get(code, code.value)


def _source(file: str) -> str:
    return tr("“{name}”", name=file) if file else tr("What came in")


def _why(doubt: str) -> str:
    return {
        ImportDoubt.QUESTION: tr("Import it yourself and decide what is unclear."),
        ImportDoubt.PAGE: tr("It doesn't name an action page. Import it yourself and choose its page."),
        ImportDoubt.STATUS: tr("A column contains a status that AC Desktop doesn't read. Import it yourself."),
        ImportDoubt.HELD_ROWS: tr("Some of its rows must be fixed first. Import it yourself."),
        ImportDoubt.NOT_READABLE: tr("AC Desktop can't read it."),
    }[ImportDoubt(doubt)]


@contextmanager
def _stopped_by_signals(automation: Automation) -> Iterator[None]:
    """Make the signals that end a program end it between two steps; the handlers of before return afterwards."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        automation.stop()

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit_code(services: Services) -> ExitCode:
    """Return how it stands after one run: inactive connections first, then donors that need a person."""
    connections = services.connections.all()
    if any(
        one.state is ConnectionState.INACTIVE and services.automatic_relays.switch(one.id).is_on for one in connections
    ):
        return ExitCode.NOT_ACTIVE
    counts = [services.queue.counts(one.id) for one in connections]
    has_leftovers = any(one.held or one.failed for one in counts) or services.notices.open()
    return ExitCode.LEFTOVERS if has_leftovers else ExitCode.OK


def auto(services: Services, args: argparse.Namespace) -> ExitCode:
    """Turn the automatic relay of a connection on or off, choose when its sources are looked at, and show both."""
    connection, control = connection_of(services, args), AutomationControl(services)
    if args.with_waiting and args.switch != "on":
        raise ConsoleError(ExitCode.WRONG_USE, tr("--with-waiting goes with on."))
    schedule = _schedule(args)
    if schedule is not None:
        control.choose_schedule(connection.id, schedule)
    if args.switch == "on":
        control.turn_on(connection.id, with_waiting=args.with_waiting)
    elif args.switch == "off":
        control.turn_off(connection.id)
    status = control.status(connection.id)
    if args.json:
        print_json(_as_json(connection, status))
    else:
        print_line(_status_text(connection, status))
    return ExitCode.OK


def _schedule(args: argparse.Namespace) -> Schedule | None:
    try:
        if args.every is not None:
            return Schedule(every_minutes=args.every)
        return None if args.at is None else Schedule(at=parse_time_of_day(args.at))
    except ScheduleError as error:
        text = tr("Give minutes from 1 to 1440 to --every, or a time such as 06:30 to --at.")
        raise ConsoleError(ExitCode.WRONG_USE, text) from error


def _as_json(connection: Connection, status: AutomationStatus) -> dict[str, object]:
    schedule = status.schedule
    return {
        "connection": connection.name,
        "on": status.switch.is_on,
        "changed": moment(status.switch.changed_at),
        "changed_by": status.switch.changed_by,
        "every": schedule.every_minutes,
        "at": schedule.at.isoformat("minutes") if schedule.at else None,
        "last": None if status.last is None else {"time": moment(status.last.at), "event": status.last.code.value},
        "next": status.next.value,
        "next_time": moment(status.next_at),
        "waiting": status.waiting,
        "for_person": status.for_person,
        "notices": [{"code": one.code.value, "time": moment(one.at), **one.details} for one in status.notices],
    }


def _status_text(connection: Connection, status: AutomationStatus) -> str:
    switch = tr("Relay automatically is on.") if status.switch.is_on else tr("Relay automatically is off.")
    schedule = status.schedule
    if schedule.at is not None:
        when = tr("Sources are looked at every day at {time}.", time=schedule.at.isoformat("minutes"))
    else:
        minutes = schedule.every_minutes or 0
        when = ntr(
            "Sources are looked at every {count} minute.", "Sources are looked at every {count} minutes.", minutes
        )
    count = status.for_person
    for_person = ntr("Waiting for Relay: {count} donor.", "Waiting for Relay: {count} donors.", count) if count else ""
    following = _next_text(status)
    return " ".join(filter(None, [f"{connection.name}:", switch, when, following, for_person]))


def _next_text(status: AutomationStatus) -> str:
    match status.next:
        case NextAction.LOOK if status.next_at is not None:
            return tr("Next: {time}.", time=local_time(status.next_at).isoformat(sep=" ", timespec="minutes"))
        case NextAction.PAUSED:
            return tr("The connection is paused, so nothing is sent.")
        case NextAction.INACTIVE:
            return tr("The connection is inactive, so nothing is sent.")
        case NextAction.NOTHING:
            return tr("No folder is watched and no account is fetched from.")
        case _:
            return ""
