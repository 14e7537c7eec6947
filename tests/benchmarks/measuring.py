"""Runs a script in a process of its own, and watches the memory of it and of all that it starts."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
_EVERY_SECONDS: Final = 0.05
_KB: Final = 1024
_MEMORY_LINE: Final = "Pss:"


@dataclass(frozen=True)
class Ran:
    """What a script reported as JSON on its last line, its peak memory, and the processor time it took.

    Both are those of all its processes together, pages they share counted once; the memory is 0 where there is no
    /proc. Processor time is the steadier figure while others use the computer.
    """

    report: dict[str, Any]
    peak_mb: float
    processor_seconds: float

    @property
    def seconds(self) -> float:
        """The seconds that the script measured itself, without the start of Python."""
        return float(self.report["seconds"])


def run_module(module: str, *arguments: object) -> Ran:
    """Run `python -m tests.benchmarks.…` and wait for its end."""
    command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
    busy = _children_seconds()
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        watch = _MemoryWatch(process.pid)
        watch.start()
        output, _ = process.communicate()
        watch.end()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    lines = output.strip().splitlines()
    return Ran(json.loads(lines[-1]) if lines else {}, watch.peak_kb / _KB, _children_seconds() - busy)


def environment() -> dict[str, str]:
    """Return an environment in which compiled modules are kept, as wherever the program is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _children_seconds() -> float:
    times = os.times()
    return times.children_user + times.children_system


class _MemoryWatch(threading.Thread):
    """Reads the memory of a process and its children twenty times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(name="memory-watch", daemon=True)
        self.peak_kb = 0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(_EVERY_SECONDS):
            self.peak_kb = max(self.peak_kb, sum(map(_memory_kb, _family(self._pid))))

    def end(self) -> None:
        """Stop reading."""
        self._ended.set()
        self.join()


def _family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [pid]
    for one in found:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found.extend(map(int, children.read_text().split()))
            except OSError:
                continue
    return found


def _memory_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(_MEMORY_LINE)), 0)
