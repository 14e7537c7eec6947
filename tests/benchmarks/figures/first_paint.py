"""How soon the window is there, and with how much memory."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, times_at_most
from tests.benchmarks.made_up_store import store
from tests.benchmarks.starting import STARTS, middle, start

_SIZES: Final = (1_000, 100_000, 1_000_000)
_QUICK_SIZES: Final = (1_000, 20_000)
_MOST_TIMES: Final = 1.5
_BARE: Final = "tests/benchmarks/bare/empty_window.py"


def _run(bench: Bench) -> Sequence[Line]:
    commands: dict[str, Sequence[object]] = {"bare": (_BARE,), "table": (_BARE, "table")}
    sizes = _QUICK_SIZES if bench.quick else _SIZES
    for size in sizes:
        folder = store(bench.inputs, size)
        commands[f"{size:,} records"] = ("-m", "ac_desktop", "--data-dir", folder, "--first-paint")
    times: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(STARTS + 1):
        for name, command in commands.items():
            spent, reported = start(command)
            if turn:
                times[name].append(spent)
                memory[name].append(reported["rss_mb"])
    whole = f"{sizes[-1]:,} records"
    lines = []
    for name in commands:
        if name != "bare":
            goal = times_at_most(_MOST_TIMES) if name == whole else None
            called = "a window with forty lines of text" if name == "table" else name
            lines.append(Line(called, middle(times[name]), middle(times["bare"]), "ms", goal))
            lines.append(Line(f"{called}, memory", middle(memory[name]), middle(memory["bare"]), "MB", goal))
    return lines


FIGURE = Figure(
    name="first_paint",
    measures="the main window over 1,000,000 records until it is painted, against an empty QMainWindow",
    run=_run,
)
