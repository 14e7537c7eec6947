"""The commands, their options and their language, as the README documents them for scripts."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ac_desktop import __version__
from ac_desktop.console.argument_parser import Parser as _Parser
from ac_desktop.console.argument_parser import example
from ac_desktop.console.office_parser import add_office_commands
from ac_desktop.language import Language, of_the_terminal, translations_of
from ac_desktop.model.connection import FASTEST_PACE, SLOWEST_PACE
from ac_desktop.model.payload import ContactField
from ac_desktop.model.rules import KEEP_FOREVER, LONGEST_RETENTION_DAYS
from ac_desktop.model.states import Decision
from ac_desktop.model.wording import tr, use_translations

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_MOST_LISTS: Final = 1_000


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Parse a command line, the program's own by default, and use its language from now on."""
    use_language(arguments)
    args = build_parser().parse_args(arguments)
    if args.command == "relay" and not (args.name or args.serve):
        args.refuse("the following arguments are required: NAME")
    return args


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="ac-desktop",
        description=tr("Adds donors to an ActiveCampaign list. Without a command, opens the window."),
        epilog=example("import Spring donors.csv"),
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.add_argument("--practice", action="store_true", help=tr("open the window with a practice account"))
    parser.add_argument(
        "--first-paint",
        action="store_true",
        help=tr("open the window, print its startup time and memory use as JSON, then exit"),
    )
    parser.add_argument(
        "--smoke", action="store_true", help=tr("check this installation against a practice account, then exit")
    )
    _add_common_options(parser, None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    common = _Parser(add_help=False)
    _add_common_options(common, argparse.SUPPRESS)
    _add_open(commands, common)
    _add_practice(commands)
    _add_connection_commands(commands, common)
    _add_queue_commands(commands, common)
    _add_automation_commands(commands, common)
    _add_push_command(commands, common)
    _add_reading_commands(commands, common)
    _add_data_commands(commands, common)
    _add_layout_commands(commands, common)
    add_office_commands(commands, common)
    return parser


def _add_common_options(parser: argparse.ArgumentParser, default: object) -> None:
    """Add the options that may be given before a command and after it."""
    parser.add_argument(
        "--data-dir", type=Path, metavar="DIR", default=default, help=tr("store all data in this folder")
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, default=default, help=tr("use this language instead of the terminal's")
    )


def _add_open(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    opening = commands.add_parser("open", parents=[common], help=tr("open the window and check files for import"))
    opening.add_argument("files", metavar="FILE", nargs="*", type=Path)


def _add_practice(commands: "_SubParsersAction[_Parser]") -> None:
    practice = commands.add_parser("practice", help=tr("start a practice account on this computer"))
    practice.add_argument("--port", type=int, default=0, metavar="N")
    practice.add_argument("--rate", type=float, default=5.0, metavar="N", help=tr("requests per second (0: no limit)"))
    practice.add_argument("--latency-ms", type=int, default=0, metavar="N")
    practice.add_argument("--lists", type=_list_count, metavar="N", help=tr("how many lists the account has"))


def _add_connection_commands(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    connect = commands.add_parser("connect", parents=[common], help=tr("create or change a connection"))
    connect.add_argument("name", metavar="NAME")
    connect.add_argument("--url", metavar="URL", help=tr("API URL from ActiveCampaign, Settings > Developer"))
    connect.add_argument("--list", metavar="ID", dest="list_id", help=tr("list ID"))
    connect.add_argument("--pages", metavar="all|ID,ID…", help=tr("accept donors from these action pages only"))
    connect.add_argument("--exclude", metavar="ID,ID…", help=tr("accept donors from all action pages except these"))
    connect.add_argument("--team", metavar="NAME", help=tr("accept donors from one team only"))
    connect.add_argument("--team-pages", metavar="ID,ID…", help=tr("the action pages that belong to the team"))
    connect.add_argument("--pace", type=_pace, metavar="N", help=tr("requests per second, 1 to 5"))
    connect.add_argument(
        "--consent-guard",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=tr("hold people who unsubscribed, bounced or haven't confirmed"),
    )
    connect.add_argument(
        "--keep-existing",
        type=_fields,
        metavar="FIELD,FIELD…",
        help=tr("never overwrite these values in ActiveCampaign: phone, first_name, last_name, or none"),
    )
    connect.add_argument("--no-check", action="store_true", help=tr("save without testing the API key and list"))
    connect.add_argument(
        "--yes", action="store_true", help=tr("accept an API URL that isn't a known ActiveCampaign address")
    )
    connect.add_argument(
        "--auto",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=tr("relay automatically what a watched folder, a fetch or a webhook brings in"),
    )
    listing = commands.add_parser("connections", parents=[common], help=tr("show the connections"))
    listing.add_argument("--json", action="store_true")
    for name, help_text in (
        ("test", tr("test the API URL, API key and list")),
        ("pause", tr("pause a connection, so that nothing is sent until you resume it")),
        ("resume", tr("resume a paused connection")),
        ("reactivate", tr("test an inactive connection and reactivate it")),
    ):
        command = commands.add_parser(name, parents=[common], help=help_text)
        command.add_argument("name", metavar="NAME")


def _add_queue_commands(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    importing = commands.add_parser("import", parents=[common], help=tr("add the donors in a file to the queue"))
    importing.add_argument("name", metavar="NAME")
    importing.add_argument("files", metavar="FILE", nargs="+", type=Path)
    importing.add_argument("--page", metavar="ID", default="", help=tr("action page for rows that don't name one"))
    importing.add_argument("--map", metavar="FIELD=COLUMN", action="append", default=[], dest="columns")
    importing.add_argument("--sheet", metavar="NAME", help=tr("sheet to import from a workbook"))
    importing.add_argument("--header-row", type=_row, metavar="N", help=tr("row with the column headings (0: none)"))
    importing.add_argument("--encoding", metavar="NAME", help=tr("encoding of a text file, such as windows-1252"))
    importing.add_argument("--delimiter", type=_delimiter, metavar="SIGN", help=tr("cell separator: , ; | or tab"))
    importing.add_argument("--dates", choices=("day-first", "month-first"), help=tr("how to read dates like 3/4/2026"))
    importing.add_argument(
        "--again", action="store_true", help=tr("also queue rows that an earlier import already brought in unchanged")
    )
    importing.add_argument(
        "--check", action="store_true", help=tr("show what would happen to each row, without queueing anything")
    )
    importing.add_argument("--json", action="store_true")
    _add_fetch(commands, common)
    add = commands.add_parser("add", parents=[common], help=tr("add one donor to the queue"))
    add.add_argument("name", metavar="NAME")
    add.add_argument("--email", required=True, metavar="E")
    add.add_argument("--first", default="", metavar="F")
    add.add_argument("--last", default="", metavar="L")
    add.add_argument("--phone", default="", metavar="P")
    add.add_argument("--page", default="", metavar="ID")
    add.add_argument(
        "--again", action="store_true", help=tr("also queue a donor who is already in the queue or was sent")
    )
    relay = commands.add_parser("relay", parents=[common], help=tr("send waiting donors until the queue is empty"))
    relay.add_argument("name", metavar="NAME", nargs="?")
    relay.add_argument("--json", action="store_true")
    relay.set_defaults(refuse=relay.error)
    how = relay.add_mutually_exclusive_group()
    how.add_argument("--bulk", action="store_true", help=tr("send up to 250 donors per request"))
    how.add_argument(
        "--serve", action="store_true", help=tr("run as a service until stopped, for all connections without a name")
    )
    compare = commands.add_parser(
        "compare", parents=[common], help=tr("show what a relay would change, without changing anything")
    )
    compare.add_argument("name", metavar="NAME")
    compare.add_argument("--json", action="store_true")
    verify = commands.add_parser(
        "verify", parents=[common], help=tr("check which sent donors are on the list, without changing anything")
    )
    verify.add_argument("name", metavar="NAME")
    verify.add_argument("--json", action="store_true")
    _add_decide(commands, common)


def _add_fetch(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    fetch = commands.add_parser(
        "fetch",
        parents=[common],
        help=tr("fetch donations from Anedot and add their donors to the queue"),
        description=tr("Anedot must have approved your account for its API. Ask Anedot's support for an API key."),
    )
    fetch.add_argument("name", metavar="NAME")
    fetch.add_argument("--from", dest="since", type=_day, metavar="DAY", help=tr("the first day (otherwise yesterday)"))
    fetch.add_argument("--to", dest="until", type=_day, metavar="DAY", help=tr("the last day (otherwise today)"))
    fetch.add_argument("--account", metavar="UID", help=tr("the Anedot account's UID, saved for the next time"))
    fetch.add_argument("--json", action="store_true")
    fetch.set_defaults(check=False)


def _add_automation_commands(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    auto = commands.add_parser("auto", parents=[common], help=tr("relay automatically what sources bring in"))
    auto.add_argument("name", metavar="NAME")
    auto.add_argument("switch", choices=("on", "off"), nargs="?", help=tr("without one, show how it is set"))
    auto.add_argument(
        "--with-waiting", action="store_true", help=tr("with on: relay also the donors that wait in the queue now")
    )
    when = auto.add_mutually_exclusive_group()
    when.add_argument("--every", type=int, metavar="MINUTES", help=tr("look at the sources every so many minutes"))
    when.add_argument("--at", metavar="HH:MM", help=tr("look at the sources once a day at this local time"))
    auto.add_argument("--json", action="store_true")
    run = commands.add_parser(
        "run", parents=[common], help=tr("look at sources and relay automatically, without a window")
    )
    run.add_argument("--once", action="store_true", help=tr("look at each source once, relay, and end"))
    run.add_argument("--json", action="store_true", help=tr("print one JSON object per line"))
    run.add_argument("--webhooks", metavar="HOST:PORT", help=tr("accept Anedot's webhooks at this loopback address"))
    run.add_argument(
        "--webhooks-open", action="store_true", help=tr("accept webhooks also at an address that others can reach")
    )
    webhooks = commands.add_parser("webhooks", parents=[common], help=tr("save the secret of Anedot's webhook"))
    webhooks.add_argument("name", metavar="NAME")
    webhooks.add_argument("--forget", action="store_true", help=tr("delete it"))


def _add_decide(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    decide = commands.add_parser("decide", parents=[common], help=tr("decide what happens to held donors"))
    decide.add_argument("name", metavar="NAME")
    decision = decide.add_argument("decision", choices=[decision.value for decision in Decision])

    class Emails(argparse.Action):
        """Collects addresses up to the decision, which may follow them."""

        def __call__(
            self,
            parser: argparse.ArgumentParser,  # noqa: ARG002  as argparse calls it
            namespace: argparse.Namespace,
            values: object,
            option_string: str | None = None,  # noqa: ARG002  as argparse calls it
        ) -> None:
            given = [str(value) for value in values] if isinstance(values, list) else []
            if given and given[-1] in (decision.choices or ()):
                namespace.decision = given.pop()
                decision.required = False
            setattr(namespace, self.dest, [*(getattr(namespace, self.dest) or []), *given])

    who = decide.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--email", nargs="+", action=Emails, metavar="E", dest="emails", help=tr("donors with these email addresses")
    )
    who.add_argument("--all", action="store_true", help=tr("all held donors this decision applies to"))
    decide.add_argument("--reason", default="", metavar="TEXT", help=tr("reason (required to resubscribe someone)"))
    decide.add_argument("--json", action="store_true")


def _add_reading_commands(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    status = commands.add_parser(
        "status",
        parents=[common],
        help=tr("show how many donors are waiting, sent, held and failed"),
        epilog=example("status Spring"),
    )
    status.add_argument("name", metavar="NAME", nargs="?")
    status.add_argument("--json", action="store_true")
    log = commands.add_parser("log", parents=[common], help=tr("show every attempt with its requests and responses"))
    log.add_argument("name", metavar="NAME")
    log.add_argument("--failed", action="store_true")
    log.add_argument("--json", action="store_true")
    report = commands.add_parser("report", parents=[common], help=tr("export donors as a CSV file"))
    report.add_argument("name", metavar="NAME")
    report.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    report.add_argument("--failed", action="store_true", help=tr("only failed and held donors"))


def _add_data_commands(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    restore = commands.add_parser("restore", parents=[common], help=tr("restore a backup of the donor database"))
    restore.add_argument("--backup", type=Path, metavar="FILE", help=tr("use this backup instead of the newest"))
    restore.add_argument("--yes", action="store_true", help=tr("don't ask for confirmation"))
    erase = commands.add_parser("erase", parents=[common], help=tr("erase one person everywhere on this computer"))
    erase.add_argument("email", metavar="EMAIL")
    erase.add_argument("--out", type=Path, metavar="FILE", help=tr("also save the erasure record to this file"))
    erase.add_argument("--yes", action="store_true", help=tr("don't ask for confirmation"))
    retention = commands.add_parser("retention", parents=[common], help=tr("show or set how long sent donors are kept"))
    days = retention.add_mutually_exclusive_group()
    days.add_argument(
        "--days", type=_days, metavar="N", help=tr("delete personal data of sent donors after this many days")
    )
    days.add_argument(
        "--forever",
        "--for-ever",
        dest="days",
        action="store_const",
        const=KEEP_FOREVER,
        help=tr("keep personal data indefinitely"),
    )
    retention.add_argument("--now", action="store_true", help=tr("delete data older than that now"))
    retention.add_argument(
        "--clock-is-right", action="store_true", help=tr("confirm that this computer's date is right")
    )
    retention.add_argument(
        "--compact", action="store_true", help=tr("compact the database to free disk space (other commands must wait)")
    )
    retention.add_argument("--json", action="store_true")


def _add_layout_commands(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    layouts = commands.add_parser("layouts", parents=[common], help=tr("show which columns of files were matched"))
    layouts.add_argument("--json", action="store_true")
    actions = layouts.add_subparsers(dest="action", metavar="ACTION")
    rename = actions.add_parser("rename", parents=[common], help=tr("name a layout"))
    rename.add_argument("name", metavar="NAME", help=tr("name of the layout"))
    rename.add_argument("new_name", metavar="NEW", help=tr("its new name"))
    export = actions.add_parser("export", parents=[common], help=tr("write a layout as an export profile"))
    export.add_argument("name", metavar="NAME", help=tr("name of the layout"))
    export.add_argument("--out", type=Path, metavar="FILE.toml", help=tr("write to this file, not to the terminal"))
    remove = actions.add_parser("remove", parents=[common], help=tr("delete a layout"))
    remove.add_argument("name", metavar="NAME", help=tr("name of the layout"))


def _fields(text: str) -> frozenset[ContactField]:
    names = [name.strip().casefold() for name in text.split(",") if name.strip()]
    if names == ["none"]:
        return frozenset()
    try:
        return frozenset(ContactField(name) for name in names)
    except ValueError as error:
        known = ", ".join(field.value for field in ContactField)
        raise argparse.ArgumentTypeError(tr("must be {known}, or none", known=known)) from error


def _add_push_command(commands: "_SubParsersAction[_Parser]", common: _Parser) -> None:
    push = commands.add_parser("push", parents=[common], help=tr("put failed, held or all donors back in the queue"))
    push.add_argument("name", metavar="NAME")
    which = push.add_mutually_exclusive_group(required=True)
    for kind, help_text in (
        ("failed", tr("failed donors")),
        ("held", tr("held donors, except those missing consent or a valid email address")),
        ("all", tr("failed, held and sent donors")),
    ):
        which.add_argument(f"--{kind}", dest="which", action="store_const", const=kind, help=help_text)
    push.add_argument("--from", dest="since", type=_day, metavar="DATE", help=tr("last changed on this day or later"))
    push.add_argument("--to", dest="until", type=_day, metavar="DATE", help=tr("last changed on this day or earlier"))
    push.add_argument("--batch", type=int, metavar="N", help=tr("donors of one import batch only"))
    push.add_argument("--json", action="store_true")


def _row(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(tr("must be a whole number, 0 for no header row"))
    return int(text)


def _delimiter(text: str) -> str:
    character = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|"}.get(text.lower(), text)
    if len(character) != 1:
        raise argparse.ArgumentTypeError(tr("must be a single character: , ; | or tab"))
    return character


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(tr("must be a date like 2026-11-03")) from error


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST_RETENTION_DAYS:
        raise argparse.ArgumentTypeError(
            tr("must be a whole number from 1 to {longest}", longest=LONGEST_RETENTION_DAYS)
        )
    return int(text)


def _list_count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MOST_LISTS:
        raise argparse.ArgumentTypeError(tr("must be a whole number from 1 to {most}", most=_MOST_LISTS))
    return int(text)


def _pace(text: str) -> int:
    if not text.isdecimal() or not SLOWEST_PACE <= int(text) <= FASTEST_PACE:
        raise argparse.ArgumentTypeError(
            tr("must be a whole number from {slowest} to {fastest}", slowest=SLOWEST_PACE, fastest=FASTEST_PACE)
        )
    return int(text)


LANGUAGES = tuple(language.value for language in Language if language.value)


def use_language(arguments: Sequence[str] | None) -> None:
    """Translate all texts from now on, the parser's own help included, into the language of the command line."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--language", nargs="?", default="")
    chosen = parser.parse_known_args(arguments)[0].language
    language = Language(chosen) if chosen in LANGUAGES else of_the_terminal()
    use_translations(translations_of(language))
