"""A CSV file from the disk into the queue."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, at_most, times_at_most
from tests.benchmarks.made_up_export import csv_export
from tests.benchmarks.measuring import Ran, run_module
from tests.benchmarks.warming import warm_up

_ROWS: Final = 1_000_000
_QUICK: Final = 20_000
MOST_TIMES: Final = 2.0
MOST_MB: Final = 300.0


def _run(bench: Bench) -> Sequence[Line]:
    count = bench.size(_ROWS, _QUICK)
    file = csv_export(bench.inputs, count)
    warm_up(bench)
    bare = run_module("bare.import_csv", file, bench.folder / "bare.sqlite3")
    first = run_module("ours.import_file", file, bench.folder / "data")
    again = run_module("ours.import_file", file, bench.folder / "data")
    for ran in (first, again):
        _see_balance(ran, count)
    if again.report["waiting"] or again.report["held"]:
        raise RuntimeError(f"Rows were queued a second time: {again.report}")
    return (
        Line("first time", first.seconds, bare.seconds, "s", times_at_most(MOST_TIMES)),
        Line("processor time of all processes", first.processor_seconds, bare.processor_seconds, "s"),
        Line("peak memory", first.peak_mb, bare.peak_mb, "MB", at_most(MOST_MB, "MB")),
        Line("again, all known", again.seconds, bare.seconds, "s", times_at_most(MOST_TIMES)),
        Line("again, processor time", again.processor_seconds, bare.processor_seconds, "s"),
        Line("again, peak memory", again.peak_mb, bare.peak_mb, "MB", at_most(MOST_MB, "MB")),
    )


def _see_balance(ran: Ran, count: int) -> None:
    reported = ran.report
    if not count == reported["rows"] == reported["waiting"] + reported["held"] + reported["skipped"]:
        raise RuntimeError(f"The receipt does not balance: {reported}")


FIGURE = Figure(
    name="import",
    measures="1,000,000 Anedot rows of 33 columns from file to queued, against csv.DictReader and executemany",
    run=_run,
)
