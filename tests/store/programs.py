"""Programs of their own for tests: another process on the same folder, which prints what it did and can be killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self


class Program:
    """A Python program in a process of its own, which prints lines and waits for its end."""

    def __init__(self, text: str, *arguments: str | Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", text, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def line(self) -> str:
        """Return the next line it prints."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def ask(self, question: str) -> str:
        """Send it a line and return its answer."""
        self.send(question)
        return self.line()

    def send(self, line: str) -> None:
        """Send it a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        """End it as a power cut would."""
        os.kill(self._process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        self._process.communicate()

    def end(self) -> None:
        """Wait until it ends without an error."""
        self._process.communicate()
        assert self._process.returncode == 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process.returncode is None:
            self.kill()
