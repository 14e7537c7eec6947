"""The commands of an office, and their options."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ac_desktop.console.argument_parser import Parser
from ac_desktop.model.wording import tr
from ac_desktop.store.office.roles import Role

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_office_commands(commands: "_SubParsersAction[Parser]", common: Parser) -> None:
    """Add `office` with its actions."""
    commands.add_parser(
        "office",
        parents=[common],
        help=tr("share one queue with the other computers of your office"),
        description=tr("Shares one queue with the other computers of your office, on a PostgreSQL server."),
        when_used=partial(_add_actions, common),
    )


def _add_actions(common: Parser, office: Parser) -> None:
    actions = office.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_create(actions, common)
    _add_people(actions, common)
    _add_moves(actions, common)
    status = actions.add_parser("status", parents=[common], help=tr("show this office and its computers"))
    status.add_argument("--json", action="store_true")
    discard = actions.add_parser(
        "discard", parents=[common], help=tr("give up donors typed on this computer that can't reach the office")
    )
    discard.add_argument("email", nargs="?", default="", metavar="EMAIL", help=tr("only the donors with this address"))
    discard.add_argument("--yes", action="store_true", help=tr("discard without asking"))
    actions.add_parser(
        "backup-done",
        parents=[common],
        help=tr("note that the office's database was just backed up, as the last step of the backup"),
    )
    actions.add_parser(
        "leave", parents=[common], help=tr("stop using the office's queue and use this computer's own queue again")
    )


def _add_create(actions: "_SubParsersAction[Parser]", common: Parser) -> None:
    create = actions.add_parser(
        "create", parents=[common], help=tr("create an office on a PostgreSQL server, or update it")
    )
    create.add_argument(
        "--server",
        required=True,
        metavar="URL",
        help=tr("the database and its owner: postgresql://OWNER@HOST:PORT/DATABASE"),
    )
    create.add_argument(
        "--ca", type=Path, metavar="FILE", help=tr("certificates that identify the server, if its issuer isn't public")
    )
    create.add_argument(
        "--name",
        default="",
        metavar="NAME",
        help=tr("the office's own name, which everyone sees (the database's name unless set)"),
    )


def _add_people(actions: "_SubParsersAction[Parser]", common: Parser) -> None:
    invite = actions.add_parser("invite", parents=[common], help=tr("invite a person by a file"))
    invite.add_argument("person", metavar="PERSON", help=tr("the person's login in the office"))
    invite.add_argument(
        "--role",
        required=True,
        choices=[role.value for role in Role],
        help=tr("staff work on the queue, admin also invites people, relay only sends"),
    )
    invite.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help=tr("the invitation file to save (.acoffice)")
    )
    withdraw = actions.add_parser(
        "withdraw", parents=[common], help=tr("end a person's access to the office and keep what they did")
    )
    withdraw.add_argument("person", metavar="PERSON", help=tr("the person's login in the office"))
    people = actions.add_parser("people", parents=[common], help=tr("show who is invited to this office"))
    people.add_argument("--json", action="store_true")
    join = actions.add_parser("join", parents=[common], help=tr("use the queue of an office from now on"))
    join.add_argument("file", metavar="FILE", type=_path, help=tr("the invitation file (.acoffice)"))


def _add_moves(actions: "_SubParsersAction[Parser]", common: Parser) -> None:
    move_in = actions.add_parser(
        "move-in", parents=[common], help=tr("move this data folder's own queue into the office")
    )
    move_in.add_argument("--json", action="store_true")
    move_out = actions.add_parser(
        "move-out", parents=[common], help=tr("move the office's queue into a data folder, and close the office")
    )
    move_out.add_argument(
        "--to", required=True, type=_path, metavar="FOLDER", help=tr("the data folder that gets the queue")
    )
    move_out.add_argument("--json", action="store_true")
    reopen = actions.add_parser(
        "reopen", parents=[common], help=tr("reopen an office that is closed because its queue was moved out")
    )
    reopen.add_argument("--yes", action="store_true", help=tr("reopen without asking"))


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError(tr("must be the name of a file"))
    return Path(text)
