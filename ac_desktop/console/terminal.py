"""Output and questions on the terminal; control characters are always escaped."""

import getpass
import json
import sys
import unicodedata
from collections.abc import Mapping

from ac_desktop.model.wording import escape_control_characters, tr
from ac_desktop.platform import message_box
from ac_desktop.platform.standard_streams import write


def print_line(text: str) -> None:
    """Print a line on standard output."""
    write(sys.stdout, escape_control_characters(text) + "\n")


def print_json(value: object) -> None:
    """Print a value as one line of JSON."""
    write(sys.stdout, json.dumps(value, ensure_ascii=True) + "\n")


def warn(text: str) -> None:
    """Print a line on standard error; where nobody reads that, show it in a message box."""
    line = escape_control_characters(text)
    write(sys.stderr, line + "\n")
    if message_box.is_needed():
        message_box.show(line)


def is_interactive() -> bool:
    """Whether the terminal is interactive."""
    return sys.stdin is not None and sys.stdin.isatty()


def confirm(question: str) -> bool:
    """Ask for yes or no; anything but yes is no."""
    sys.stderr.write(escape_control_characters(question) + tr(" [y/N] "))
    sys.stderr.flush()
    return _plain(sys.stdin.readline().strip()) in {"y", "yes", _plain(tr("y")), _plain(tr("yes"))}


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
