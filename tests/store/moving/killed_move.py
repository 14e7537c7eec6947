"""A process that moves a queue and kills itself at some line of the code that moves.

`python -m tests.store.moving.killed_move in|out FOLDER TO LINE`; without a kill it prints how many lines there were.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any, Final

from ac_desktop.store.opening import queue_moves
from tests.console.offices import OWNER_PASSWORD

_WATCHED: Final = ("/store/moving/", "/engines/sqlite/moving.py", "/engines/postgres/moving.py")


class KilledAt:
    """Counts the lines of the code that moves, and kills the process at one of them."""

    def __init__(self, line: int) -> None:
        self._line = line
        self.lines = 0

    def __call__(self, frame: FrameType, event: str, _: Any) -> "KilledAt | None":
        if not any(part in frame.f_code.co_filename for part in _WATCHED):
            return None
        if event == "line":
            self.lines += 1
            if self.lines == self._line:
                os.kill(os.getpid(), signal.Signals["SIGKILL"])
        return self


def main() -> None:
    way, folder, to, line = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    moves, killed = queue_moves(folder), KilledAt(line)
    sys.settrace(killed)
    if way == "in":
        moves.move_in(OWNER_PASSWORD)
    else:
        moves.move_out(to, OWNER_PASSWORD)
    sys.settrace(None)
    sys.stdout.write(f"{killed.lines}\n")


if __name__ == "__main__":
    main()
