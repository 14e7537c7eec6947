"""What a person waits for after dropping a file."""

from collections.abc import Iterator, Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, at_most
from tests.benchmarks.measuring import run_module
from tests.benchmarks.warming import warm_up
from tests.importing.made_exports import chance
from tests.importing.untidy_exports import MAKERS

_MOST_MS: Final = {500: 400.0, 10_000: 600.0}
_HELD_SECONDS: Final = 1.0
_MAKER: Final = "accents"


def _run(bench: Bench) -> Sequence[Line]:
    warm_up(bench)
    return [line for rows in _MOST_MS for line in _lines(bench, rows)]


def _lines(bench: Bench, rows: int) -> Iterator[Line]:
    file = MAKERS[_MAKER].write(bench.folder, rows, chance())
    for held, words in ((_HELD_SECONDS, f"held over the window for {_HELD_SECONDS:g} s"), (0.0, "without a warning")):
        report = run_module("ours.drop", bench.folder / f"{rows}-{held}", file, held).report
        if report["rows"] != rows:
            raise RuntimeError(f"Not all rows are on the page: {report}")
        yield Line(f"{rows:,} rows, {words}", report["ms"], 0.0, "ms", at_most(_MOST_MS[rows], "ms") if held else None)


FIGURE = Figure(
    name="drop",
    measures="from dropping a file of 500 or 10,000 rows on the window until the Check page is painted",
    run=_run,
)
