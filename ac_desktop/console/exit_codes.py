"""The exit codes that scripts rely on."""

from enum import IntEnum


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
