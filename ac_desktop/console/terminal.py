"""What a command says and asks on the terminal, the names of states in it, and its exit code.

Control characters are always escaped.
"""

import getpass
import json
import sys
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import IntEnum

from ac_desktop.model.states import ConnectionState, Outcome
from ac_desktop.model.wording import escape_control_characters, tr
from ac_desktop.platform import standard_streams
from ac_desktop.platform.standard_streams import is_terminal, write
from ac_desktop.store.errors import StoreError, StoreProblem


class ExitCode(IntEnum):
    """The exit code of a command."""

    OK = 0
    BUG = 1
    WRONG_USE = 2
    LEFTOVERS = 3
    NOT_ACTIVE = 4
    UNREACHABLE = 5


class ConsoleError(Exception):
    """A command that cannot be run: its exit code and the sentence for the person."""

    def __init__(self, code: ExitCode, text: str) -> None:
        super().__init__(text)
        self.code = code


def exit_code_of(error: StoreError) -> ExitCode:
    """Return the exit code for a problem with the store."""
    return ExitCode.UNREACHABLE if error.trouble is StoreProblem.AWAY else ExitCode.WRONG_USE


def state_name(state: ConnectionState) -> str:
    """Return the name of a connection's state."""
    match state:
        case ConnectionState.ACTIVE:
            return tr("active")
        case ConnectionState.PAUSED:
            return tr("paused")
        case ConnectionState.INACTIVE:
            return tr("inactive")


def outcome_name(outcome: Outcome) -> str:
    """Return the name of an attempt's outcome."""
    match outcome:
        case Outcome.SENT:
            return tr("sent")
        case Outcome.WAITING:
            return tr("waiting")
        case Outcome.FAILED:
            return tr("failed")
        case Outcome.HELD:
            return tr("held")
        case Outcome.TAKEN:
            return tr("accepted")


def print_line(text: str) -> None:
    """Print a line on standard output."""
    write(sys.stdout, escape_control_characters(text) + "\n")


def print_json(value: object) -> None:
    """Print a value as one line of JSON."""
    write(sys.stdout, json.dumps(value, ensure_ascii=True) + "\n")


def moment(at: float | None) -> str | None:
    """Return a time as scripts get it, in UTC."""
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def warn(text: str) -> None:
    """Print a line on standard error; where nobody reads that, show it in a message box."""
    line = escape_control_characters(text)
    write(sys.stderr, line + "\n")
    if standard_streams.is_message_box_needed():
        standard_streams.show_message_box(line)


def is_interactive() -> bool:
    """Whether the terminal is interactive."""
    return is_terminal(sys.stdin)


def confirm(question: str) -> bool:
    """Ask for yes or no; anything but yes is no."""
    sys.stderr.write(escape_control_characters(question) + tr(" [y/N] "))
    sys.stderr.flush()
    return _plain(sys.stdin.readline().strip()) in {"y", "yes", _plain(tr("y")), _plain(tr("yes"))}


def require_confirmation(*, asked: str, unattended: str, declined: str) -> None:
    """Ask the person. Raise ConsoleError with `declined` where they say no, with `unattended` where nobody can."""
    if not is_interactive():
        raise ConsoleError(ExitCode.WRONG_USE, unattended)
    if not confirm(asked):
        raise ConsoleError(ExitCode.WRONG_USE, declined)


def _plain(text: str) -> str:
    """Return a text in lower case without accents, which many leave out when they type."""
    return "".join(
        character for character in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(character)
    )


def ask(question: str) -> str:
    """Ask for a line of text."""
    sys.stderr.write(escape_control_characters(question) + " ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def ask_hidden(question: str) -> str:
    """Ask for a text without echoing it."""
    return getpass.getpass(question + " ")


def table(rows: list[Mapping[str, str]]) -> str:
    """Return rows as text in columns under their headings."""
    if not rows:
        return ""
    widths = {name: max(len(name), *(len(row[name]) for row in rows)) for name in rows[0]}
    lines = [{name: name for name in rows[0]}, *rows]
    return "\n".join("  ".join(line[name].ljust(width) for name, width in widths.items()).rstrip() for line in lines)
