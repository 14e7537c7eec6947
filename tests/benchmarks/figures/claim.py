"""Whether a claim stays as quick however many records wait."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, times_at_most
from tests.benchmarks.measuring import run_module

_SIZES: Final = (1_000, 100_000, 1_000_000)
_QUICK_SIZES: Final = (1_000, 10_000, 20_000)
_TIMES: Final = 600
_MOST_TIMES: Final = 1.2


def _run(bench: Bench) -> Sequence[Line]:
    sizes = _QUICK_SIZES if bench.quick else _SIZES
    report = run_module("ours.claim", bench.inputs, _TIMES, *sizes).report
    few, more, most = (report[str(size)] for size in sizes)
    return (
        Line(f"{sizes[1]:,} waiting", more[0], few[0], "ms"),
        Line(f"{sizes[2]:,} waiting", most[0], few[0], "ms", times_at_most(_MOST_TIMES)),
        Line(f"{sizes[1]:,} waiting, processor alone", more[1], few[1], "ms"),
        Line(f"{sizes[2]:,} waiting, processor alone", most[1], few[1], "ms", times_at_most(_MOST_TIMES)),
    )


FIGURE = Figure(
    name="claim",
    measures="a claim and its outcome with 1,000,000 records waiting, against the same with 1,000",
    run=_run,
)
