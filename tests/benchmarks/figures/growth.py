"""How the cost of an import grows with the file."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line
from tests.benchmarks.made_up_export import csv_export
from tests.benchmarks.measuring import run_module
from tests.benchmarks.warming import warm_up

_SIZES: Final = (10_000, 100_000, 1_000_000)
_QUICK_SIZES: Final = (1_000, 10_000)
_MICROSECONDS: Final = 1_000_000


def _run(bench: Bench) -> Sequence[Line]:
    warm_up(bench)
    return [_of(bench, count) for count in (_QUICK_SIZES if bench.quick else _SIZES)]


def _of(bench: Bench, count: int) -> Line:
    file = csv_export(bench.inputs, count)
    bare = run_module("bare.import_csv", file, bench.folder / f"bare-{count}.sqlite3")
    ours = run_module("ours.import_file", file, bench.folder / f"data-{count}")
    own, least = (ran.seconds * _MICROSECONDS / count for ran in (ours, bare))
    return Line(f"{count:,} rows", own, least, "µs a row")


FIGURE = Figure(
    name="import-growth",
    measures="a row's share of an import of 10,000, 100,000 and 1,000,000 rows, against the bare one of as many",
    run=_run,
    runs=1,
)
