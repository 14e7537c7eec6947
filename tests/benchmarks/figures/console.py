"""How soon a command answers."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Goal, Line
from tests.benchmarks.made_up_store import store
from tests.benchmarks.starting import STARTS, middle, until_end

_MOST_MORE: Final = 150.0
_RECORDS: Final = 1_000


def _run(bench: Bench) -> Sequence[Line]:
    status = ("-m", "ac_desktop", "status", "--data-dir", store(bench.inputs, _RECORDS))
    ours: list[float] = []
    bare: list[float] = []
    until_end(status)
    for _ in range(STARTS):
        bare.append(until_end(("-c", "pass")))
        ours.append(until_end(status))
    goal = Goal(f"≤ bare + {_MOST_MORE:g} ms", lambda mine, least: mine <= least + _MOST_MORE)
    return (Line("", middle(ours), middle(bare), "ms", goal),)


FIGURE = Figure(name="console", measures="`ac-desktop status` from start to end, against `python -c pass`", run=_run)
