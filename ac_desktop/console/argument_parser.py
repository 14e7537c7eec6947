"""The parser of the command line: help with a description and an example for each command, and errors in a sentence.

Everything is in the language in use, what `argparse` says by itself too.
"""

import argparse
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NoReturn

from ac_desktop.console.terminal import ExitCode
from ac_desktop.model.wording import tr

EXAMPLES: Final[Mapping[str, str]] = {
    "open": "open donors.csv",
    "practice": "practice --lists 3",
    "connect": "connect Spring --url https://yourname.api-us1.com --list 19",
    "connections": "connections --json",
    "test": "test Spring",
    "pause": "pause Spring",
    "resume": "resume Spring",
    "reactivate": "reactivate Spring",
    "import": "import Spring donors.csv --check",
    "add": "add Spring --email ann@example.org --first Ann --last Dot",
    "relay": "relay Spring --bulk",
    "compare": "compare Spring",
    "verify": "verify Spring",
    "decide": "decide Spring skip --email ann@example.org",
    "log": "log Spring --failed",
    "report": "report Spring --failed --out to-fix.csv",
    "restore": "restore --yes",
    "erase": "erase ann@example.org --out erasure-record.txt",
    "retention": "retention --days 30",
    "push": "push Spring --failed --from 2026-11-01",
    "fetch": "fetch Spring --from 2026-11-01",
    "auto": "auto Spring on",
    "run": "run --once",
    "webhooks": "webhooks Spring",
    "office": "office status",
    "status": "office status --json",
    "create": "office create --server postgresql://owner@db.example.org/donors",
    "invite": "office invite ana --role staff --out ana.acoffice",
    "join": "office join ana.acoffice",
    "people": "office people",
    "withdraw": "office withdraw ana",
    "backup-done": "office backup-done",
    "leave": "office leave",
    "move-in": "office move-in",
    "move-out": "office move-out --to donors-of-the-office",
    "reopen": "office reopen",
    "discard": "office discard annie@example.org",
    "layouts": "layouts --json",
    "rename": 'layouts rename "Spring gifts" "Gala gifts"',
    "export": 'layouts export "Spring gifts" --out gifts.toml',
    "remove": 'layouts remove "Spring gifts"',
}
"""For each command, what comes after `ac-desktop` in its example; `status` of donors says its own."""


_SHARED_HELP: Final[Mapping[str, Callable[[], str]]] = {
    "name": lambda: tr("name of the connection"),
    "files": lambda: tr("file with donors"),
    "email": lambda: tr("email address"),
    "decision": lambda: tr("what happens to them"),
    "--json": lambda: tr("print JSON for scripts"),
    "--email": lambda: tr("email address"),
    "--first": lambda: tr("first name"),
    "--last": lambda: tr("last name"),
    "--phone": lambda: tr("phone number"),
    "--page": lambda: tr("action page ID"),
    "--map": lambda: tr("use this column for this field, such as email=Reach"),
    "--port": lambda: tr("port to listen on (0: any free port)"),
    "--latency-ms": lambda: tr("delay of each response, in milliseconds"),
    "--failed": lambda: tr("only failed attempts"),
    "--out": lambda: tr("file to save"),
    "--version": lambda: tr("show the version, then exit"),
}
"""The help of the arguments that several commands have."""


def example(words: str) -> str:
    """Return an example of a command line under its heading."""
    return "{}\n  ac-desktop {}".format(tr("example:"), words)


class HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Writes help under headings in the language in use."""

    def start_section(self, heading: str | None) -> None:
        """Begin a section; those that `argparse` names itself are translated."""
        ours = {"positional arguments": tr("arguments"), "options": tr("options")}
        super().start_section(ours.get(heading or "", heading))

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Write how the command is used."""
        super().add_usage(usage, actions, groups, tr("usage:") + " " if prefix is None else prefix)


class Commands(argparse._SubParsersAction):  # type: ignore[type-arg]  # noqa: SLF001  argparse has no public name for it
    """The commands; each has its help as description too, and an example."""

    def add_parser(self, name: str, **options: Any) -> Any:  # noqa: ANN401  as argparse has it
        """Add a command."""
        text = str(options.get("help") or "")
        options.setdefault("description", f"{text[:1].upper()}{text[1:]}.")
        options.setdefault("epilog", example(EXAMPLES[name]) if name in EXAMPLES else None)
        return super().add_parser(name, **options)


class Parser(argparse.ArgumentParser):
    """Parses a command line, with help and errors in the language in use."""

    def __init__(
        self,
        *,
        add_help: bool = True,
        when_used: "Callable[[Parser], None] | None" = None,
        **options: Any,  # noqa: ANN401  as argparse has it
    ) -> None:
        """`when_used` adds what only a command line that comes to this parser needs; every command builds them all."""
        options.setdefault("formatter_class", HelpFormatter)
        super().__init__(add_help=False, **options)
        self._when_used = when_used
        self.register("action", "parsers", Commands)
        if add_help:
            self.add_argument(
                "-h",
                "--help",
                action="help",
                default=argparse.SUPPRESS,
                help=tr("show this help, then exit"),
            )

    def add_argument(self, *names: Any, **options: Any) -> argparse.Action:  # noqa: ANN401  as argparse has it
        """Add an argument; one that several commands have gets its help here."""
        if options.get("help") is None and names and names[0] in _SHARED_HELP:
            options["help"] = _SHARED_HELP[names[0]]()
        return super().add_argument(*names, **options)

    def complete(self) -> None:
        """Add what was left until this parser is used."""
        when_used, self._when_used = self._when_used, None
        if when_used is not None:
            when_used(self)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:  # noqa: ANN401  as argparse has it
        """Parse a command line, or what is left of it for this command."""
        self.complete()
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        """End with the exit code for wrong use."""
        self.exit(
            ExitCode.WRONG_USE,
            tr("{message}. For help, run “{program} --help”.", message=error_text(message), program=self.prog) + "\n",
        )


def error_text(message: str) -> str:
    """Return what `argparse` says of a wrong command line, in the language in use."""
    sentences: tuple[tuple[str, Callable[[dict[str, str]], str]], ...] = (
        (r"the following arguments are required: (?P<names>.+)", lambda it: tr("Missing: {names}", **it)),
        (r"one of the arguments (?P<names>.+) is required", lambda it: tr("Missing: one of {names}", **it)),
        (r"unrecognized arguments: (?P<names>.+)", lambda it: tr("Unknown: {names}", **it)),
        (
            r"ambiguous option: (?P<name>.+) could match (?P<names>.+)",
            lambda it: tr("{name} could be any of {names}", **it),
        ),
        (
            r"argument (?P<name>[^:]+): not allowed with argument (?P<other>.+)",
            lambda it: tr("Use either {name} or {other}, not both", **it),
        ),
        (
            r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+) \(choose from (?P<names>.+)\)",
            lambda it: tr("{name}: choose from {names}, not {value}", **it),
        ),
        (
            r"argument (?P<name>[^:]+): invalid (?:int|float) value: (?P<value>.+)",
            lambda it: tr("{name}: must be a number, not {value}", **it),
        ),
        (r"argument (?P<name>[^:]+): expected .*argument.*", lambda it: tr("{name}: a value is missing", **it)),
        (r"argument (?P<name>[^:]+): (?P<told>.+)", lambda it: tr("{name}: {told}", **it)),
    )
    for pattern, text in sentences:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return text(found.groupdict())
    return message
