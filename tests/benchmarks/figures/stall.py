"""Whether the window answers while everything is at work."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, times_at_most
from tests.benchmarks.made_up_export import csv_export
from tests.benchmarks.measuring import run_module

_ROWS: Final = 100_000
_QUICK_ROWS: Final = 5_000
_WAITING: Final = 60_000
_QUICK_WAITING: Final = 5_000
_PACE: Final = 5
_LONGEST_TIMES: Final = 3.0
_ALMOST_ALL_TIMES: Final = 2.0


def _run(bench: Bench) -> Sequence[Line]:
    run_module("ours.stall", bench.folder / "first", csv_export(bench.inputs, _QUICK_ROWS), _QUICK_WAITING, 0)
    rows, waiting = bench.size(_ROWS, _QUICK_ROWS), bench.size(_WAITING, _QUICK_WAITING)
    return tuple(
        line
        for pace, words in ((_PACE, f", at {_PACE} requests a second"), (0, ", relayed without a pace"))
        for line in _lines(bench, rows, waiting, pace, words)
    )


def _lines(bench: Bench, rows: int, waiting: int, pace: int, words: str) -> Sequence[Line]:
    file = csv_export(bench.inputs, rows)
    report = run_module("ours.stall", bench.folder / f"data-{pace}", file, waiting, pace).report
    if report["rows"] != rows + waiting or not report["sent"] or not report["stayed"]:
        raise RuntimeError(f"Not everything was at work, or selection and place did not stay: {report}")
    longest, almost_all = report["busy"]
    idle_longest, idle_almost_all = report["idle"]
    return (
        Line(f"longest gap{words}", longest, idle_longest, "ms", times_at_most(_LONGEST_TIMES)),
        Line(f"99 of 100 gaps{words}", almost_all, idle_almost_all, "ms", times_at_most(_ALMOST_ALL_TIMES)),
        Line(f"relayed meanwhile{words}", report["sent"], 0.0, "donors"),
    )


FIGURE = Figure(
    name="stall",
    measures="gaps of the UI thread while 100,000 rows are imported and the relay runs, against it idle",
    run=_run,
)
