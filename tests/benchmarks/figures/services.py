"""The export of every service from the disk into the queue."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line
from tests.benchmarks.figures.importing import made_and_imported
from tests.benchmarks.warming import warm_up
from tests.importing.made_exports import chance
from tests.importing.untidy_exports import SERVICES, of_service

_ROWS: Final = 200_000
_QUICK: Final = 5_000


def _run(bench: Bench) -> Sequence[Line]:
    count = bench.size(_ROWS, _QUICK)
    warm_up(bench)
    lines: list[Line] = []
    random = chance()
    for name in SERVICES:
        maker = of_service(name, random)
        lines += made_and_imported(bench, maker, count, maker.write(bench.folder, count, random))
    return lines


FIGURE = Figure(
    name="import-services",
    measures="200,000 rows of each service's export from file to queued, most of them of fewer than 15 columns",
    run=_run,
    runs=1,
)
