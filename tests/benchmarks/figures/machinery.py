"""What the store has beyond the plain way, on and off."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, times_at_most
from tests.benchmarks.made_up_store import store
from tests.benchmarks.measuring import run_module

_SIZE: Final = 1_000_000
_QUICK: Final = 20_000
_TURNS: Final = 5
_MOST: Final = 0.5


def _run(bench: Bench) -> Sequence[Line]:
    size = bench.size(_SIZE, _QUICK)
    found = run_module("ours.machinery", store(bench.inputs, size), _TURNS).report
    return [Line(f"{name}, {size:,}", on, off, "ms", times_at_most(_MOST)) for name, (on, off) in found.items()]


FIGURE = Figure(
    name="machinery",
    measures="what the store has beyond the plain way, against the plain way, by turns; kept where it halves the time",
    run=_run,
)
