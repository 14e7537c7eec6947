"""Bulk relay against ActiveCampaign's own limit of 100 imports a minute."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, times_at_most
from tests.benchmarks.measuring import run_module

_DONORS: Final = 100_000
_QUICK: Final = 2_000
_A_REQUEST: Final = 250
_A_SECOND: Final = 100 / 60
_MOST_TIMES: Final = 1.15
_MS: Final = 1000


def _run(bench: Bench) -> Sequence[Line]:
    count = bench.size(_DONORS, _QUICK)
    ours = run_module("ours.bulk", count, bench.folder / "data")
    if not count == ours.report["sent"] == ours.report["listed"]:
        raise RuntimeError(f"Not everybody is on the list: {ours.report}")
    least_requests = -(-count // _A_REQUEST)
    limit = least_requests / _A_SECOND
    return (
        Line("", ours.seconds, limit, "s", times_at_most(_MOST_TIMES)),
        Line("processor time a donor", ours.report["processor"] * _MS / count, 0, "ms"),
        Line("bulk requests", ours.report["bulk_requests"], least_requests, ""),
        Line("one by one, as calculated from the pace", ours.report["one_by_one"], limit, "s"),
    )


FIGURE = Figure(
    name="bulk",
    measures="100,000 donors in bulk, against as many full requests as they need at 100 a minute",
    run=_run,
    runs=1,
)
