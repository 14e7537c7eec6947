"""The time of the processors that a program takes, with all that it starts: Wine's programs leave their parents."""

import ctypes
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SET_CHILD_SUBREAPER: Final = 36
"""PR_SET_CHILD_SUBREAPER of prctl(2): whoever loses its parent gets this process instead of the first one."""
_PROCESSES: Final = Path("/proc")

if sys.platform == "linux":

    def adopt_orphans() -> None:
        """Become the parent of every program below this one that loses its own. Raise OSError."""
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")

    def used_below() -> float:
        """Return the seconds that all programs below this process have taken so far, those included that go on.

        Every program that this process started itself must have been waited for.
        """
        for process, state, parent in _processes():
            if state == "Z" and parent == os.getpid():
                os.waitpid(process, os.WNOHANG)
        ended = os.times()
        return ended.children_user + ended.children_system + sum(map(_used_by, _below(os.getpid())))

    def _below(top: int) -> list[int]:
        children: dict[int, list[int]] = {}
        for process, _, parent in _processes():
            children.setdefault(parent, []).append(process)
        found = list(children.get(top, ()))
        for process in found:
            found += children.get(process, ())
        return found

    def _processes() -> Iterator[tuple[int, str, int]]:
        """Return the number, state and parent of every process."""
        for folder in _PROCESSES.glob("[0-9]*"):
            state, parent, *_ = _facts(int(folder.name)) or ("", "0")
            yield int(folder.name), state, int(parent)

    def _used_by(process: int) -> float:
        """Return the seconds of a process and of those that it has waited for."""
        facts = _facts(process)
        return sum(map(int, facts[11:15])) / os.sysconf("SC_CLK_TCK")

    def _facts(process: int) -> list[str]:
        """Return the fields of proc(5)'s `stat` behind the name; none of a process that is gone."""
        try:
            return (
                (_PROCESSES / str(process) / "stat")
                .read_text(encoding="utf-8", errors="replace")
                .rpartition(") ")[2]
                .split()
            )
        except (FileNotFoundError, ProcessLookupError):
            return []

else:

    def adopt_orphans() -> None:
        """Do nothing: Wine is run on Linux."""

    def used_below() -> float:
        """Return the seconds of the programs that have ended: Wine is run on Linux."""
        ended = os.times()
        return ended.children_user + ended.children_system
