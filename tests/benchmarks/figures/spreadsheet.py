"""A workbook from the disk into the queue."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, times_at_most
from tests.benchmarks.made_up_export import xlsx_export
from tests.benchmarks.measuring import run_module
from tests.benchmarks.warming import warm_up

_ROWS: Final = 100_000
_QUICK: Final = 5_000
_MOST_TIMES: Final = 2.0


def _run(bench: Bench) -> Sequence[Line]:
    file = xlsx_export(bench.inputs, bench.size(_ROWS, _QUICK))
    warm_up(bench)
    bare = run_module("bare.read_workbook", file)
    ours = run_module("ours.import_file", file, bench.folder / "data")
    return (
        Line("", ours.seconds, bare.seconds, "s", times_at_most(_MOST_TIMES)),
        Line("processor time of all processes", ours.processor_seconds, bare.processor_seconds, "s"),
        Line("peak memory", ours.peak_mb, bare.peak_mb, "MB"),
    )


FIGURE = Figure(
    name="spreadsheet",
    measures="100,000 rows of an xlsx workbook to queued, against reading it with the same library",
    run=_run,
)
