"""What a relayed donor takes on the disk, its row of the file and its log included."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, times_at_most
from tests.benchmarks.made_up_export import csv_export
from tests.benchmarks.measuring import run_module

_DONORS: Final = 20_000
_QUICK: Final = 1_000
_MOST_TIMES: Final = 0.5


def _run(bench: Bench) -> Sequence[Line]:
    file = csv_export(bench.inputs, bench.size(_DONORS, _QUICK))
    report = run_module("ours.size", file, bench.folder / "data").report
    if report["relayed"] != report["listed"]:
        raise RuntimeError(f"Not everybody is on the list: {report}")
    disk, wire = (report[name] / report["relayed"] for name in ("disk", "wire"))
    return (Line("", disk, wire, "bytes", times_at_most(_MOST_TIMES)),)


FIGURE = Figure(
    name="size",
    measures="bytes on disk a relayed donor of an Anedot file, log included, against the JSON of requests and answers",
    run=_run,
    runs=1,
)
