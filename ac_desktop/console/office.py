"""office: creates or joins an office's queue, invites people, shows who is there, and leaves it."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from ac_desktop.console.terminal import (
    ConsoleError,
    ExitCode,
    ask_hidden,
    exit_code_of,
    is_interactive,
    moment,
    print_json,
    print_line,
    table,
    warn,
)
from ac_desktop.model.wording import tr
from ac_desktop.platform.local_time import local_day, local_time
from ac_desktop.platform.paths import OFFICE_PASSWORD_VARIABLE
from ac_desktop.reporting.office_texts import backup_warning, closed_note, office_text, password_note, role_name
from ac_desktop.services import Services
from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.membership import OfficeMembership
from ac_desktop.store.office.office_folder import Joined, OfficeFolder
from ac_desktop.store.office.office_server import InvitedPerson, Workstation
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office.server_url import parse_server_url
from ac_desktop.store.opening import office_folder


def office(
    folder: Path, args: argparse.Namespace, given_password: str | None, open_services: Callable[[], Services]
) -> ExitCode:
    """Do what the command says with the office of a data folder."""
    try:
        if args.action == "discard":
            from ac_desktop.console.office_outbox import discard

            discard(folder, args, open_services)
            return ExitCode.OK
        if args.action in {"move-in", "move-out", "reopen"}:
            from ac_desktop.console import office_moves

            office_moves.run(folder, args, given_password)
        else:
            _run(office_folder(folder), args, given_password)
    except ConsoleError as error:
        warn(str(error))
        return error.code
    except StoreError as error:
        warn(str(error))
        return exit_code_of(error)
    return ExitCode.OK


def _run(here: OfficeFolder, args: argparse.Namespace, given: str | None) -> None:
    match args.action:
        case "create":
            _create(here, args, given)
        case "invite":
            _invite(here, args, given)
        case "withdraw":
            here.withdraw(args.person, given)
            print_line(
                tr(
                    "“{person}” can't work on the office's queue any more. What they did stays in the history.",
                    person=args.person.strip(),
                )
            )
        case "people":
            people = here.people(given)
            if args.json:
                print_json({"people": list(map(_person_as_json, people))})
            else:
                _print_people(people)
        case "join":
            _join(here, args, given)
        case "status":
            _status(here, args, given)
        case "backup-done":
            here.note_backup(given)
            print_line(tr("The office knows that its database has just been backed up."))
        case _:
            here.leave(given)
            print_line(tr("This data folder works on its own queue again."))


def _status(here: OfficeFolder, args: argparse.Namespace, given: str | None) -> None:
    membership, workstations = here.workstations(given)
    is_closed = here.is_closed(given)
    for warning in filter(None, (closed_note(is_closed=is_closed), backup_warning(here.last_backup(given)))):
        warn(warning)
    name = here.name(given)
    if args.json:
        print_json({**_as_json(membership, workstations, name), "closed": is_closed})
    else:
        _print_status(membership, workstations, name)


def _create(here: OfficeFolder, args: argparse.Namespace, given: str | None) -> None:
    server = parse_server_url(args.server, args.ca)
    password = given or _asked(tr("Password of “{person}” on the server (hidden as you type):", person=server.owner))
    _print_joined(here.create(server, password, args.name), args.name.strip())


def _invite(here: OfficeFolder, args: argparse.Namespace, given: str | None) -> None:
    expires_at = here.invite(args.person, Role(args.role), args.out, given)
    print_line(
        tr(
            "The invitation for “{person}” was saved as {file}. It works once, until {day}. Send it in a way that "
            "only this person can read.",
            person=args.person.strip(),
            file=args.out,
            day=local_day(expires_at),
        )
    )


def _join(here: OfficeFolder, args: argparse.Namespace, given: str | None) -> None:
    invitation = here.invitation(args.file)
    joined = here.join(args.file, invitation, given or _new_password(invitation.person))
    _print_joined(joined, invitation.office)


def _new_password(person: str) -> str:
    password = _asked(tr("Choose a password for “{person}” (hidden as you type):", person=person))
    if _asked(tr("The same password again:")) != password:
        raise ConsoleError(ExitCode.WRONG_USE, tr("The two passwords differ. Nothing was changed."))
    return password


def _asked(question: str) -> str:
    if not is_interactive():
        raise ConsoleError(
            ExitCode.WRONG_USE,
            tr(
                "Set the password for the office in the environment variable {variable}.",
                variable=OFFICE_PASSWORD_VARIABLE,
            ),
        )
    password = ask_hidden(question)
    if not password:
        raise ConsoleError(ExitCode.WRONG_USE, tr("No password was entered. Nothing was changed."))
    return password


def _print_joined(joined: Joined, name: str) -> None:
    membership = joined.membership
    print_line(
        tr(
            "This data folder works on the office's queue from now on: {database} at {server}. You are “{person}” "
            "({role}).",
            database=membership.database,
            server=membership.server,
            person=membership.person,
            role=role_name(membership.role),
        )
    )
    if name:
        print_line(tr("The office's name is “{name}”.", name=name))
    for note in filter(None, (password_note(joined), closed_note(is_closed=joined.is_closed))):
        warn(note)


def _person_as_json(one: InvitedPerson) -> dict[str, object]:
    return {
        "person": one.person,
        "role": one.role.value,
        "invited_by": one.invited_by,
        "invited": moment(one.invited_at),
        "joined": moment(one.joined_at),
        "withdrawn_by": one.withdrawn_by,
        "withdrawn": moment(one.withdrawn_at),
    }


def _print_people(people: list[InvitedPerson]) -> None:
    rows: list[Mapping[str, str]] = [
        {
            tr("PERSON"): one.person,
            tr("ROLE"): role_name(one.role),
            tr("INVITED BY"): one.invited_by,
            tr("JOINED"): "" if one.joined_at is None else local_day(one.joined_at),
            tr("ACCESS ENDED"): "" if one.withdrawn_at is None else local_day(one.withdrawn_at),
        }
        for one in people
    ]
    for line in table(rows).splitlines():
        print_line(line)


def _as_json(membership: OfficeMembership, workstations: list[Workstation], name: str) -> dict[str, object]:
    return {
        "server": membership.server,
        "database": membership.database,
        "person": membership.person,
        "role": membership.role.value,
        "workstations": [
            {
                "name": one.name,
                "person": one.person,
                "version": one.version,
                "seen": moment(one.seen_at),
                "relaying": list(one.relaying),
            }
            for one in workstations
        ],
        "name": name or membership.database,
    }


def _print_status(membership: OfficeMembership, workstations: list[Workstation], name: str) -> None:
    print_line(
        tr(
            "Office: {office}. You are “{person}” ({role}).",
            office=office_text(name, membership.database, membership.server),
            person=membership.person,
            role=role_name(membership.role),
        )
    )
    rows: list[Mapping[str, str]] = [
        {
            tr("COMPUTER"): one.name,
            tr("PERSON"): one.person,
            tr("VERSION"): one.version,
            tr("SEEN"): local_time(one.seen_at).isoformat(sep=" ", timespec="minutes"),
            tr("RELAYING"): ", ".join(one.relaying),
        }
        for one in workstations
    ]
    for line in table(rows).splitlines():
        print_line(line)
