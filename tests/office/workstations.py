"""Workstations as people have them: processes with a data folder, a clock and a way to the server of their own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.office.proxy import Proxy

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 120.0
CLOCKS: Final = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
_TCP: Final = Path("/proc/net/tcp")
_HIDDEN: Final = ("AC_DESKTOP_API_KEY", "AC_DESKTOP_DATA_DIR", "AC_DESKTOP_OFFICE_PASSWORD")


def has_false_clocks() -> bool:
    """Whether a process can be given a clock that is off (Debian's package `faketime`)."""
    return bool(CLOCKS)


def _own_priority() -> int:
    if sys.platform == "win32":
        return 0
    return os.getpriority(os.PRIO_PROCESS, 0)


USUAL_PRIORITY: Final = _own_priority()
"""How soon this program gets the processor before it changes that; what it starts on workstations does not change."""


def set_priority(process: int, niceness: int) -> None:
    """Set how soon a process gets the processor, where that is allowed; what it starts inherits it."""
    if sys.platform != "win32":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process, niceness)


class CommandFailedError(AssertionError):
    """A command of a workstation ended otherwise than it should."""


@dataclass
class Workstation:
    """A person's computer: its data folder, its way to the server, and what runs on it.

    `clock_off` is by how many seconds its clock is ahead. In a network of its own, `within` is the command that runs
    others there, and `to_account` its way to the account. `program` is the module that is run.
    """

    name: str
    folder: Path
    proxy: Proxy
    secrets: Mapping[str, str]
    clock_off: float = 0.0
    within: Sequence[str] = ()
    to_account: Proxy | None = None
    program: str = "ac_desktop"
    running: list["subprocess.Popen[str]"] = field(default_factory=list)
    started_at: float = 0.0
    """When the last of it was started, by the monotonic clock."""

    def run(self, *arguments: str, expected: Sequence[int] = (0,), given: Mapping[str, str] | None = None) -> str:
        """Run a command to its end; return what it printed. Raise CommandFailedError for another exit code."""
        return self._ended(arguments, expected, given).stdout

    def code_of(self, *arguments: str, expected: Sequence[int]) -> int:
        """Run a command to its end; return its exit code. Raise CommandFailedError for one that is not expected."""
        return self._ended(arguments, expected, None).returncode

    def run_and_kill(self, *arguments: str, after: float) -> None:
        """Run a command, and kill it after so many seconds where it has not ended."""
        process = self._start(self._command(arguments), is_talked_to=False)
        self.running.remove(process)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(PATIENCE)

    def complete(self, *arguments: str, given: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end, however it ends."""
        return subprocess.run(
            self._command(arguments),
            cwd=ROOT,
            env=self._environment(given),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def _ended(
        self, arguments: Sequence[str], expected: Sequence[int], given: Mapping[str, str] | None
    ) -> "subprocess.CompletedProcess[str]":
        ended = self.complete(*arguments, given=given)
        if ended.returncode not in expected:
            said = "\n".join([ended.stdout, ended.stderr, *self.faults()])
            raise CommandFailedError(f"{self.name}: {' '.join(arguments)} ended with {ended.returncode}:\n{said}")
        return ended

    def json(self, *arguments: str) -> Any:
        """Run a command with `--json`; return what it printed."""
        return json.loads(self.run(*arguments, "--json"))

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a command, and leave it to run; what it prints is kept as `output`."""
        return self._start(self._command(arguments), is_talked_to=False)

    def start_module(self, module: str, *arguments: str) -> "subprocess.Popen[str]":
        """Start a module of the tests that is talked to by its standard input and output."""
        return self._start([*self.within, sys.executable, "-m", module, *arguments], is_talked_to=True)

    @property
    def output(self) -> str:
        """What the commands that were started have printed."""
        path = self.folder.parent / f"{self.name}.output"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def faults(self) -> list[str]:
        """Return the program's reports of its own faults; the file for crashes is empty without one."""
        texts = (file.read_text(encoding="utf-8") for file in sorted((self.folder / "faults").glob("*.txt")))
        return [text for text in texts if text]

    def is_running(self) -> bool:
        """Whether a command that was started still runs."""
        return any(process.poll() is None for process in self.running)

    def kill(self) -> None:
        """Kill all that runs here, as `kill -9` would."""
        self._signal("SIGKILL")
        for process in self.running:
            process.wait(PATIENCE)

    def end_with(self, number: int) -> int:
        """Send a signal to what was started last; return the exit code with which it ends."""
        self.running[-1].send_signal(number)
        return self.running[-1].wait(PATIENCE)

    def suspend(self) -> None:
        """Stop all that runs here in the middle of whatever it does."""
        self._signal("SIGSTOP")

    def resume(self) -> None:
        """Let all that is suspended go on."""
        self._signal("SIGCONT")

    def processes(self) -> set[int]:
        """Return the IDs of the processes that were started and have not ended, with those that they started."""
        return {one for process in self.running if process.poll() is None for one in _family(process.pid)}

    def _signal(self, name: str) -> None:
        if sys.platform == "win32":
            raise NotImplementedError
        for process in self.running:
            if process.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.Signals[name])

    def _start(self, command: Sequence[str], *, is_talked_to: bool) -> "subprocess.Popen[str]":
        with (self.folder.parent / f"{self.name}.output").open("a", encoding="utf-8") as output:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment(None),
                stdin=subprocess.PIPE if is_talked_to else subprocess.DEVNULL,
                stdout=subprocess.PIPE if is_talked_to else output,
                stderr=output,
                text=True,
                start_new_session=True,
            )
        set_priority(process.pid, USUAL_PRIORITY)
        self.started_at = time.monotonic()
        self.running.append(process)
        return process

    def _command(self, arguments: Sequence[str]) -> list[str]:
        command = [*self.within, sys.executable, "-m", self.program, "--data-dir", str(self.folder)]
        return [*command, "--language", "en", *arguments]

    def _environment(self, given: Mapping[str, str] | None) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in _HIDDEN}
        home = str(self.folder.parent / f"{self.name}.home")
        kept |= {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", "HOME": home, "LC_ALL": "C.UTF-8"}
        kept |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": f"{ROOT / 'tests' / 'loopback_only'}{os.pathsep}{ROOT}"}
        if self.clock_off and CLOCKS:
            kept |= {
                "LD_PRELOAD": str(CLOCKS[-1]),
                "FAKETIME": f"{self.clock_off:+.0f}s",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "NO_FAKE_STAT": "1",
            }
        return {**kept, **self.secrets, **(given or {})}


class PortOwners:
    """Says which workstation a port of this computer belongs to."""

    def __init__(self, workstations: Sequence[Workstation]) -> None:
        self._workstations = workstations

    def who_is(self, address: str, port: int) -> str:
        """Return the name of the workstation that a connection from this port comes from, "" where it is gone."""
        sockets = _sockets_of(address, port)
        for workstation in self._workstations:
            if workstation.to_account is not None:
                if port in workstation.to_account.ports():
                    return workstation.name
                continue
            for process in workstation.processes():
                if sockets & set(_sockets_in(process)):
                    return workstation.name
        return ""


def _sockets_of(address: str, port: int) -> set[str]:
    number = bytes(int(part) for part in reversed(address.split("."))).hex().upper()
    local = f"{number}:{port:04X}"
    with _TCP.open(encoding="ascii") as lines:
        return {f"socket:[{line.split()[9]}]" for line in lines if line.split()[1] == local}


def _sockets_in(process: int) -> Iterator[str]:
    with suppress(OSError):
        for entry in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):
                yield str(entry.readlink())


def _family(process: int) -> Iterator[int]:
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in children.read_text().split():
                yield from _family(int(child))
