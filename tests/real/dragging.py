"""A file is dragged from another program's window onto ours, by the mouse."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from tests.real import drag_source
from tests.real.program_window import xdotool

MIDDLE: Final = (500, 400)
STEPS: Final = 10
SOURCE: Final = (1120, 100)


@contextmanager
def dropped(file: Path, environment: dict[str, str]) -> Iterator[None]:
    """Drag a file from another program's window onto the middle of ours, and drop it where it is accepted."""
    command = [sys.executable, "-m", "tests.real.drag_source", str(file)]
    places = environment | {"PYTHONPATH": os.pathsep.join(sys.path)}
    use = partial(xdotool, environment=environment)
    with subprocess.Popen(command, env=places, stdout=subprocess.PIPE, text=True) as source:
        assert source.stdout is not None
        number = use("search", "--sync", "--onlyvisible", "--name", drag_source.TITLE).split()[0]
        use("windowmove", "--sync", number, *SOURCE)
        start = (SOURCE[0] + 60, SOURCE[1] + 60)
        use("mousemove", *start, "mousedown", 1)
        assert source.stdout.readline() == "pressed\n"
        for step in range(1, STEPS + 1):
            here = (at + (to - at) * step // STEPS for at, to in zip(start, MIDDLE, strict=True))
            use("mousemove", *here)
        while (reported := source.stdout.readline()) not in {"CopyAction\n", ""}:
            continue
        assert reported, "the window does not want the file"
        use("mouseup", 1)
        while (reported := source.stdout.readline()) not in {"dropped\n", ""}:
            continue
        assert reported, "the window did not take the file"
        yield
        source.terminate()
