"""connect, test, pause, resume, reactivate; and the connection that any command names, with its key."""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from ac_desktop.console.terminal import (
    ConsoleError,
    ExitCode,
    ask_hidden,
    is_interactive,
    print_line,
    require_confirmation,
    state_name,
    warn,
)
from ac_desktop.model.address import AccountAddress, AddressError, AddressNote, clean_key, parse_address, parse_list_id
from ac_desktop.model.connection import DEFAULT_PACE, Connection, ConnectionSettings, KeyPlace
from ac_desktop.model.reasons import ReasonCode, responsible_text
from ac_desktop.model.scope import Scope, ScopeKind, Team, parse_pages
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import quoted, tr
from ac_desktop.platform.paths import KEY_VARIABLE
from ac_desktop.relay.connection_keys import KeyUnusableError
from ac_desktop.services import Services

if TYPE_CHECKING:
    from ac_desktop.relay.account_check import AccountList, CheckError, KeyOwner


def connection_named(services: Services, name: str) -> Connection:
    """Return the connection of this name. Raises ConsoleError where there is none."""
    connection = services.connections.named(name)
    if connection is None:
        known = ", ".join(quoted(other.name) for other in services.connections.all())
        hint = (
            tr("Available connections: {names}.", names=known) if known else tr("Create one with “ac-desktop connect”.")
        )
        raise ConsoleError(
            ExitCode.WRONG_USE, tr("There is no connection named “{name}”. {hint}", name=name, hint=hint)
        )
    return connection


def connection_of(services: Services, args: argparse.Namespace) -> Connection:
    """Return the connection of the command. Raises ConsoleError where there is none."""
    return connection_named(services, args.name)


def key_of(services: Services, connection: Connection) -> str:
    """Return a connection's key: from the environment, the keyring, or a person. Raises ConsoleError without one."""
    try:
        key = services.connection_keys.find(connection.id)
        if key is None:
            key = ask_for_key()
            services.connection_keys.enter(connection.id, key, replaces=False)
    except KeyUnusableError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    return key


def ask_for_key() -> str:
    """Ask for a key without echoing it. Raises ConsoleError where the terminal is not interactive."""
    if not is_interactive():
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "No API key is saved for this connection. Set it in the environment variable {variable}.",
                variable=KEY_VARIABLE,
            ),
        )
    return ask_key_hidden(tr("API key (hidden as you type):"))


def ask_key_hidden(question: str) -> str:
    """Ask for a key without echoing it. Raises ConsoleError where it cannot be one."""
    try:
        return clean_key(ask_hidden(question))
    except AddressError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error


def connect(services: Services, args: argparse.Namespace) -> ExitCode:
    """Set up a connection, or change the one of that name."""
    before = services.connections.named(args.name)
    settings = _settings(services, args, before)
    key = _key(services, before, args)
    if not args.no_check and key is not None:
        owner, entry = _check_account(services, settings, key)
        settings = replace(settings, list_name=entry.name)
        print_line(_account_text(owner, entry, settings))
    now = services.clock.now()
    if before is None:
        connection = services.connections.create(settings, now)
    else:
        connection = services.connections.change(before.id, settings, now)
    if key is not None:
        _store_key(services, connection, key)
    if args.auto is not None:
        change = services.automatic_relays.turn_on if args.auto else services.automatic_relays.turn_off
        change(connection.id, now)
    print_line(tr("Connection “{name}” was saved.", name=connection.name))
    return ExitCode.OK


def _settings(services: Services, args: argparse.Namespace, before: Connection | None) -> ConnectionSettings:
    if before is None and not (args.url and args.list_id):
        raise ConsoleError(ExitCode.WRONG_USE, tr("To create a connection, give --url and --list."))
    address = _address(args) if args.url or before is None else before.settings.address
    try:
        list_id = parse_list_id(args.list_id) if args.list_id or before is None else before.settings.list_id
    except AddressError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    kept = before.settings if before else ConnectionSettings(name=args.name, address=address, list_id=list_id)
    same_list = kept.list_id == list_id and kept.address.account == address.account
    known_pace = kept.pace if before else services.connections.pace(address.account, DEFAULT_PACE)
    return replace(
        kept,
        name=args.name,
        address=address,
        list_id=list_id,
        list_name=kept.list_name if same_list else "",
        scope=_scope(services, args, kept.scope),
        pace=known_pace if args.pace is None else args.pace,
        consent_guard=kept.consent_guard if args.consent_guard is None else args.consent_guard,
        keep_fields=kept.keep_fields if args.keep_existing is None else args.keep_existing,
    )


def _address(args: argparse.Namespace) -> AccountAddress:
    try:
        address = parse_address(args.url)
    except AddressError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    if AddressNote.MADE_SECURE in address.notes:
        warn(tr("Donor data is always encrypted, so the API URL was changed to {address}.", address=address.base))
    if AddressNote.UNKNOWN_HOST in address.notes and not args.yes:
        question = tr(
            "“{host}” isn't a known ActiveCampaign address. Your API key would be sent there.",
            host=address.host,
        )
        require_confirmation(
            asked=tr("{told} Use it?", told=question),
            unattended=tr("{told} Nothing was saved. To confirm, add --yes.", told=question),
            declined=tr("Nothing was saved."),
        )
    return address


def _scope(services: Services, args: argparse.Namespace, before: Scope) -> Scope:
    kind, pages = before.kind, before.pages
    only = args.pages is not None and args.pages.strip().casefold() != ScopeKind.ALL
    if only and args.exclude is not None:
        raise ConsoleError(ExitCode.WRONG_USE, tr("Use either --pages or --exclude, not both."))
    if args.exclude is not None:
        kind, pages = ScopeKind.EXCEPT, parse_pages(args.exclude)
    elif only:
        kind, pages = ScopeKind.ONLY, parse_pages(args.pages)
    elif args.pages is not None:
        kind, pages = ScopeKind.ALL, ()
    if kind is not ScopeKind.ALL and not pages:
        raise ConsoleError(ExitCode.WRONG_USE, tr("No action page was given. Add at least one page ID."))
    return Scope(kind, pages, _team(services, args, before.team))


def _team(services: Services, args: argparse.Namespace, before: Team | None) -> Team | None:
    name = before.name if args.team is None and before else (args.team or "").strip()
    if not name:
        return None
    known = next((team for team in services.connections.teams() if team.name.casefold() == name.casefold()), None)
    pages = known.pages if args.team_pages is None and known else parse_pages(args.team_pages or "")
    return Team(known.name if known else name, pages)


def _key(services: Services, before: Connection | None, args: argparse.Namespace) -> str | None:
    key = _known_key(services, before)
    if key is None and (is_interactive() or not args.no_check):
        key = ask_for_key()
    if key is None:
        warn(tr("No API key was entered, so none is saved. AC Desktop asks for it when it is needed."))
    return key


def _known_key(services: Services, before: Connection | None) -> str | None:
    """Return the key of the environment, or the one that is saved here and not outdated."""
    if services.given_key or before is None:
        return services.keys.get("")
    try:
        return services.connection_keys.find(before.id)
    except KeyUnusableError as error:
        if not is_interactive():
            raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
        warn(str(error))
        return None


def _store_key(services: Services, connection: Connection, key: str) -> None:
    try:
        location = services.connection_keys.enter(connection.id, key, replaces=True)
    except KeyUnusableError as error:
        raise ConsoleError(ExitCode.WRONG_USE, str(error)) from error
    if location.place is KeyPlace.SESSION:
        warn(tr("This computer has no keyring, so the API key is used for this command only and isn't saved."))
    else:
        print_line(location.text)


def _check_account(services: Services, settings: ConnectionSettings, key: str) -> tuple["KeyOwner", "AccountList"]:
    from ac_desktop.relay.account_check import CheckError

    try:
        owner = services.account_check.owner(settings.address, key, settings.pace)
        return owner, services.account_check.list_named(settings.address, key, settings.list_id, settings.pace)
    except CheckError as error:
        raise _failed_check(error) from error


def _failed_check(error: "CheckError") -> ConsoleError:
    wrong_list = error.reason.code is ReasonCode.LIST_UNKNOWN
    who = responsible_text(error.reason.who)
    text = f"{error.reason.text} ({who})" if who else error.reason.text
    return ConsoleError(ExitCode.WRONG_USE if wrong_list else ExitCode.UNREACHABLE, text)


def _account_text(owner: "KeyOwner", entry: "AccountList", settings: ConnectionSettings) -> str:
    name = " ".join(part for part in (owner.first_name, owner.last_name) if part) or owner.username
    return tr(
        "The API key belongs to {name} ({email}) at {account}. The list is “{list}” (ID {number}).",
        name=name,
        email=owner.email,
        account=settings.address.host,
        number=entry.id,
        list=entry.name,
    )


def test(services: Services, args: argparse.Namespace) -> ExitCode:
    """Ask the account about address, key and list, without donor data."""
    connection = connection_of(services, args)
    owner, entry = _check_account(services, connection.settings, key_of(services, connection))
    print_line(_account_text(owner, entry, connection.settings))
    return ExitCode.OK


def pause(services: Services, args: argparse.Namespace) -> ExitCode:
    """Attempt nothing until resumed."""
    return _print_state(services.connections.pause(connection_of(services, args).id, services.clock.now()))


def resume(services: Services, args: argparse.Namespace) -> ExitCode:
    """Attempt again; an inactive connection stays inactive."""
    return _print_state(services.connections.resume(connection_of(services, args).id, services.clock.now()))


def _print_state(connection: Connection) -> ExitCode:
    if connection.state is ConnectionState.INACTIVE:
        raise ConsoleError(
            ExitCode.NOT_ACTIVE,
            tr(
                "“{name}” is inactive after five failed attempts in a row. To reactivate it, run “ac-desktop "
                "reactivate”.",
                name=connection.name,
            ),
        )
    print_line(tr("“{name}” is {state}.", name=connection.name, state=state_name(connection.state)))
    return ExitCode.OK


def reactivate(services: Services, args: argparse.Namespace) -> ExitCode:
    """Test an inactive connection, and make it active again where address, key and list are right."""
    connection = connection_of(services, args)
    if connection.state is not ConnectionState.INACTIVE:
        print_line(tr("“{name}” isn't inactive, so there is nothing to reactivate.", name=connection.name))
        return ExitCode.OK
    try:
        owner, entry = _check_account(services, connection.settings, key_of(services, connection))
    except ConsoleError as error:
        raise ConsoleError(error.code, tr("{why} The connection is still inactive.", why=str(error))) from error
    services.connections.reactivate(connection.id, services.clock.now())
    print_line(_account_text(owner, entry, connection.settings))
    print_line(
        tr("“{name}” is active again. The next relay sends one donor first, then the rest.", name=connection.name)
    )
    return ExitCode.OK
