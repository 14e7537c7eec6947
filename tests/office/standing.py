"""A workstation's console that stays, for what is tried hundreds of times."""

import json
import threading
from collections.abc import Sequence
from typing import Final

from tests.office.workstations import PATIENCE, CommandFailedError, Workstation


class StandingConsole:
    """Runs command lines one after the other, each to its end, in one process."""

    def __init__(self, workstation: Workstation) -> None:
        self._workstation: Final = workstation
        self._process = workstation.start_module("tests.office.standing_console")

    def run(self, *arguments: str, expected: Sequence[int] = (0,)) -> None:
        """Run a command to its end. Raise CommandFailedError for another exit code."""
        self.begin(*arguments)
        code = self.end()
        if code not in expected:
            said = "\n".join([self._workstation.output, *self._workstation.faults()])
            raise CommandFailedError(f"{' '.join(arguments)} ended with {code}:\n{said}")

    def begin(self, *arguments: str) -> None:
        """Begin a command."""
        assert self._process.stdin is not None
        command = ["--data-dir", str(self._workstation.folder), "--language", "en", *arguments]
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()

    def end(self) -> int:
        """Wait until the command that was begun has ended; return its exit code."""
        assert self._process.stdout is not None
        watch = threading.Timer(PATIENCE, self._process.kill)
        watch.start()
        line = self._process.stdout.readline()
        watch.cancel()
        if not line:
            raise CommandFailedError(f"the console of {self._workstation.name} ended:\n{self._workstation.output}")
        return int(line)

    def close(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()
