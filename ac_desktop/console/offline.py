"""What a workstation of an office can do while its server is away: keep typed donors, and say what waits."""

import argparse

from ac_desktop.console.terminal import ConsoleError, ExitCode, moment, print_json, print_line, table, warn
from ac_desktop.importing.validation.row_validator import validate_donor
from ac_desktop.model.connection import Connection
from ac_desktop.model.donor import Donor
from ac_desktop.model.states import RecordState
from ac_desktop.model.store_texts import StoreMessage, store_text
from ac_desktop.model.wording import quoted, tr
from ac_desktop.platform.local_time import local_time
from ac_desktop.platform.paths import data_folder
from ac_desktop.reporting.office_texts import visit_texts
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.folder_use import OfficeUse
from ac_desktop.store.office.outbox import KnownConnection, Outbox, OutboxEntry
from ac_desktop.store.opening import membership_of, outbox_of


def run_offline(args: argparse.Namespace, error: StoreError, typed_at: float) -> ExitCode:
    """Do what a command can do without the office's server. Raise the error where that is nothing."""
    folder = data_folder(args.data_dir)
    membership = membership_of(folder)
    if not error.may_pass or membership is None or args.command not in {"add", "import", "status"}:
        raise error
    with OfficeUse(folder):
        outbox = outbox_of(folder, membership)
        match args.command:
            case "add":
                return _add(outbox, args, typed_at)
            case "import":
                warn(store_text(StoreMessage.FILES_WAIT_FOR_OFFICE, {}))
                return ExitCode.UNREACHABLE
            case _:
                return _status(outbox, args, error)


def typed_donor(args: argparse.Namespace) -> Donor:
    """Return the donor that a command names, as typed."""
    return Donor(email=args.email, first_name=args.first, last_name=args.last, phone=args.phone, page=args.page)


def print_waits(email: str) -> None:
    """Print that a donor waits on this computer for the office."""
    print_line(
        tr(
            "AC Desktop can't reach your office's server. {email} is waiting for the office on this computer, and goes "
            "there once the server is back.",
            email=email,
        )
    )


def visit_office(services: Services) -> None:
    """Push what waits on this computer, and print how many donors reached the office."""
    if services.typed_donors is None:
        return
    visit = services.typed_donors.visit()
    for text in visit_texts(pushed=visit.pushed, left=visit.left, erased=visit.erased):
        warn(text)
    if visit.problem:
        warn(visit.problem)


def entries_json(entries: list[OutboxEntry]) -> list[dict[str, object]]:
    """Return entries for scripts."""
    return [
        {
            "connection": entry.connection_name,
            "email": entry.donor.email,
            "typed": moment(entry.typed_at),
        }
        for entry in entries
    ]


def print_entries(entries: list[OutboxEntry]) -> None:
    """Print the donors who wait on this computer."""
    print_line(tr("Waiting for the office on this computer: {count}.", count=len(entries)))
    rows = [
        {
            tr("connection"): entry.connection_name,
            tr("email"): entry.donor.email,
            tr("typed"): local_time(entry.typed_at).isoformat(sep=" ", timespec="minutes"),
        }
        for entry in entries
    ]
    if rows:
        print_line(table([*rows]))


def _add(outbox: Outbox, args: argparse.Namespace, typed_at: float) -> ExitCode:
    known = _known(outbox, args.name)
    settings = known.connection.settings
    typed = typed_donor(args)
    checked = validate_donor(typed, settings.scope, settings.phone_style)
    why = checked.reason.text if checked.reason else ""
    if checked.state is RecordState.HELD:
        raise ConsoleError(ExitCode.WRONG_USE, tr("{why} Nothing was queued.", why=why))
    for warning in checked.warnings:
        warn(warning.text)
    outbox.add(
        OutboxEntry(key_name=known.key_name, connection_name=known.connection.name, donor=typed, typed_at=typed_at)
    )
    print_waits(checked.donor.email)
    return ExitCode.OK


def _known(outbox: Outbox, name: str) -> KnownConnection:
    connections = outbox.connections()
    found = next((one for one in connections if one.connection.name.casefold() == name.casefold()), None)
    if found is None:
        raise ConsoleError(ExitCode.UNREACHABLE, _unknown_text(name, [one.connection for one in connections]))
    return found


def _unknown_text(name: str, known: list[Connection]) -> str:
    return tr(
        "AC Desktop can't reach your office's server, and doesn't know a connection named “{name}” here. Nothing was "
        "queued. Known connections: {names}.",
        name=name,
        names=", ".join(quoted(one.name) for one in known) or tr("none"),
    )


def _status(outbox: Outbox, args: argparse.Namespace, error: StoreError) -> ExitCode:
    entries = [entry for entry in outbox.entries() if not args.name or entry.connection_name == args.name]
    warn(str(error))
    if args.json:
        print_json({"connections": [], "waiting_for_office": entries_json(entries)})
    elif entries:
        print_entries(entries)
    return ExitCode.UNREACHABLE
