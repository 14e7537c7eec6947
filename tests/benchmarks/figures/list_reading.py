"""Requests and time of a relay whose donors are on the list in part, with the list read first and without."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, times_at_most
from tests.benchmarks.measuring import run_module

_DONORS: Final = 1_000
_QUICK: Final = 150
_SHARES: Final = (0.0, 0.5, 0.9, 1.0)
_SAME: Final = 1.02


def _run(bench: Bench) -> Sequence[Line]:
    """Relay to eight accounts at once: each waits for its own five requests a second nearly all the time."""
    count = bench.size(_DONORS, _QUICK)
    wanted = [(int(count * share), way) for share in _SHARES for way in ("first", "never")]

    def report(one: tuple[int, str]) -> dict[str, float]:
        on_list, way = one
        folder = bench.folder / f"{on_list}-{way}"
        return run_module("ours.list_reading", count, on_list, way, folder).report

    with ThreadPoolExecutor(len(wanted)) as pool:
        seen = dict(zip(wanted, pool.map(report, wanted), strict=True))
    lines: list[Line] = []
    for on_list in dict.fromkeys(number for number, _ in wanted):
        first, never = seen[on_list, "first"], seen[on_list, "never"]
        name = f"{on_list:,} of {count:,} on the list"
        least = 2 * (count - on_list) + on_list
        lines += [
            Line(f"{name}, requests", first["requests"], never["requests"], "", times_at_most(_SAME)),
            Line(f"{name}, beside the least possible", first["requests"], least, ""),
            Line(f"{name}, time", first["seconds"], never["seconds"], "s", times_at_most(_SAME)),
        ]
    return lines


FIGURE = Figure(
    name="list_reading",
    measures="1,000 donors at pace 5, 0 to 1,000 of them on the list already, against two calls a donor,"
    " and against the least: two calls for each new donor, one for each on the list",
    run=_run,
    runs=1,
)
