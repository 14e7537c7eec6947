"""Commands as processes of their own, each forked from one that has the program loaded.

A start of Python and the loading take longer than most commands. Run as a module it is that process: it reads a line
for each command, and writes its exit code.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

PATIENCE: Final = 100.0
_ROOT: Final = Path(__file__).parents[2]


@cache
def forked_console() -> "ForkedConsole | None":
    """Return the one of this process; None where a command cannot be forked, or its lines are to be counted."""
    if sys.platform == "win32" or "COVERAGE_PROCESS_CONFIG" in os.environ:
        return None
    made = ForkedConsole()
    atexit.register(made.close)
    return made


class ForkedConsole:
    """Keeps the process that all commands are forked from."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="ac-desktop-forks-")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.console.forked"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, arguments: Sequence[str], environment: Mapping[str, str], stdin: str) -> tuple[int, bytes, bytes]:
        """Run a command to its end; return its exit code, its output and its messages."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        files = [Path(self._folder.name) / name for name in ("in", "out", "err")]
        files[0].write_text(stdin, encoding="utf-8")
        self._process.stdin.write(json.dumps([list(arguments), dict(environment), [str(one) for one in files]]) + "\n")
        self._process.stdin.flush()
        watch = threading.Timer(PATIENCE, self._process.kill)
        watch.start()
        code = self._process.stdout.readline()
        watch.cancel()
        watch.join()
        assert code, f"{arguments} did not end"
        return int(code), files[1].read_bytes(), files[2].read_bytes()

    def close(self) -> None:
        """End the process."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(PATIENCE)
        self._folder.cleanup()


def _fork(arguments: Sequence[str], environment: Mapping[str, str], files: Sequence[str]) -> bool:
    """Fork a command and write its exit code, or become it: return whether this is the command."""
    if sys.platform == "win32":
        raise NotImplementedError
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
        return False
    os.environ.clear()
    os.environ.update(environment)
    for number, name in enumerate(files):
        opened = os.open(name, os.O_CREAT | os.O_TRUNC | os.O_WRONLY if number else os.O_RDONLY, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = os.fdopen(os.dup(0), encoding="utf-8")
    sys.argv[1:] = arguments
    return True


if __name__ == "__main__":
    from tests import unpaced_console

    for line in sys.stdin:
        if _fork(*json.loads(line)):
            sys.exit(unpaced_console.main())
