"""Processes of ours that something happens to: each is forked, quickly, from one that has all loaded but begun nothing.

Run as a module it is that process: it reads tasks from its input and writes to its output how each one ended.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import traceback
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from tests.promises.disk import DISK, Disk, Fault, build_library
from tests.promises.tasks import Command, PuttingAway, Task, run

LONGEST_LIFE: Final = 100
"""Seconds after which a process that hangs ends itself."""
_ROOT: Final = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a process ended; what it counted is known only of one that came to its end."""

    killed: bool
    events: int = 0
    unsynced_sends: int = 0
    trouble: str = ""


class HungError(AssertionError):
    """A process did neither end nor die."""


class ProcessForks:
    """Keeps the process that all others are forked from."""

    def __init__(self, library: Path = DISK) -> None:
        self._source = library
        self._folder = tempfile.TemporaryDirectory(prefix="ac-desktop-forks-")
        self.durable = Path(self._folder.name) / "durable"

    def __enter__(self) -> Self:
        library = build_library(Path(self._folder.name), self._source)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.promises.process_forks"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
            env={**os.environ, "LD_PRELOAD": str(library)},
        )
        return self

    def run(self, task: Task | Command | PuttingAway, fault: Fault | None = None) -> Ended:
        """Carry out a task in a process, with a fault on the way, and wait until it has ended."""
        if sys.platform == "win32":
            raise NotImplementedError
        reading, writing = self._process.stdout, self._process.stdin
        if reading is None or writing is None:
            raise RuntimeError("the process has no pipes")
        reported = b64encode(pickle.dumps((task, fault or Fault(), self.durable)))
        writing.write(reported.decode() + "\n")
        writing.flush()
        signal_number, report = json.loads(reading.readline())
        if signal_number == signal.SIGALRM:
            raise HungError("the process neither ended nor died")
        return Ended(killed=signal_number == signal.SIGKILL, **report)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(30)
        self._folder.cleanup()


def _live(task: Task | Command | PuttingAway, fault: Fault, durable: Path, telling: IO[str]) -> None:
    """Carry out a task in a process of its own, and report how it went."""
    if sys.platform == "win32":
        raise NotImplementedError
    signal.alarm(LONGEST_LIFE)
    disk, trouble = Disk(), ""
    durable.mkdir(exist_ok=True)
    task.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    disk.watch(task.folder, durable, fault)
    try:
        run(task)
    except Exception as error:  # noqa: BLE001  whatever it is, it is reported
        trouble = "".join(traceback.format_exception(error))
    disk.rest()
    report = {"events": disk.events, "unsynced_sends": disk.unsynced_sends, "trouble": trouble}
    json.dump(report, telling)
    telling.flush()


def _fork(task: Task | Command | PuttingAway, fault: Fault, durable: Path) -> tuple[int, dict[str, object]]:
    if sys.platform == "win32":
        raise NotImplementedError
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        try:
            with os.fdopen(writing, "w") as telling:
                _live(task, fault, durable, telling)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as reported:
        text = reported.read()
    _, status = os.waitpid(process, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, json.loads(text or "{}")


def main() -> None:
    """Fork a process for each task that is read."""
    for line in sys.stdin:
        task, fault, durable = pickle.loads(b64decode(line))  # noqa: S301  sent by our own parent
        sys.stdout.write(json.dumps(_fork(task, fault, durable)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    # What the program loads when it is first used, and every process would load again.
    import resource  # noqa: F401

    import ac_desktop.activecampaign.client
    import ac_desktop.activecampaign.network
    import ac_desktop.console.command
    import ac_desktop.console.privacy
    import ac_desktop.console.queries
    import ac_desktop.console.restore
    import ac_desktop.relay.engine
    import ac_desktop.store.engines.sqlite.rate_limit_store
    import ac_desktop.store.queue.bulk_queue
    import ac_desktop.store.queue.read_back  # noqa: F401

    main()
