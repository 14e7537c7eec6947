"""How much of an account's budget the real pace uses, as the account itself saw it."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.figure import Bench, Figure, Line, at_most, times_at_least
from tests.benchmarks.measuring import run_module

_DONORS: Final = 300
_QUICK: Final = 50
_ALLOWED: Final = 5.0
_LEAST: Final = 0.97


def _run(bench: Bench) -> Sequence[Line]:
    count = bench.size(_DONORS, _QUICK)
    seen = run_module("ours.paced", count, bench.folder / "data").report
    if seen["listed"] != count:
        raise RuntimeError(f"Not everybody is on the list: {seen}")
    used = (seen["requests"] - 1) / seen["seconds"]
    most, turned_away = seen["most_in_a_second"], seen["turned_away"]
    return (
        Line("requests a second", used, _ALLOWED, "", times_at_least(_LEAST)),
        Line("most in any second", most, _ALLOWED, "", at_most(_ALLOWED, "requests")),
        Line("most let go in any second", seen["most_granted"], _ALLOWED, "", at_most(_ALLOWED, "requests")),
        Line("turned away with 429", turned_away, 0, "", at_most(0, "requests")),
    )


FIGURE = Figure(
    name="pace",
    measures="2 minutes at pace 5, answers after 300 ms, seen at the account, against its 5 requests a second",
    run=_run,
    runs=1,
)
