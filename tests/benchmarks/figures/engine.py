"""The relay itself, without a pace: how near it comes to a program that keeps nothing.

No account allows that rate, so there is no goal; `pace` measures what counts.
"""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line
from tests.benchmarks.measuring import run_module

_DONORS: Final = 20_000
_QUICK: Final = 1_000
_MS: Final = 1000


def _run(bench: Bench) -> Sequence[Line]:
    count = bench.size(_DONORS, _QUICK)
    bare = run_module("bare.relay", count)
    ours = run_module("ours.relay", count, bench.folder / "data")
    if not count == ours.report["sent"] == ours.report["listed"] == bare.report["listed"]:
        raise RuntimeError(f"Not everybody is on the list: {ours.report}, {bare.report}")
    spent, bare_spent = (ran.report["processor"] * _MS / count for ran in (ours, bare))
    return (
        Line("", count / ours.seconds, count / bare.seconds, "relays/s"),
        Line("processor time a relay", spent, bare_spent, "ms"),
    )


FIGURE = Figure(
    name="engine",
    measures="20,000 relays without a pace, each durable, against requests in five threads that keep nothing",
    run=_run,
)
