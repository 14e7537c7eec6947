"""What a person waits for in the window."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ac_desktop.store.engines.sqlite.database import FILE_NAME
from tests.benchmarks.figure import Bench, Figure, Goal, Line
from tests.benchmarks.made_up_store import store
from tests.benchmarks.measuring import run_module

_SIZES: Final = (1_000, 100_000, 1_000_000)
_QUICK_SIZES: Final = (1_000, 30_000)
_MOST_MS: Final = 150.0
_MOST_TIMES: Final = 2.0
_SHORT_MS: Final = 75.0
_KINDS: Final = ("tab", "sort", "filter", "end")


def _is_met(ours: float, bare: float) -> bool:
    return ours <= _MOST_MS and (bare <= _SHORT_MS or ours <= _MOST_TIMES * bare)


_GOAL: Final = Goal(f"≤ {_MOST_MS:g} ms, ≤ {_MOST_TIMES:g} times from {_SHORT_MS:g} ms", _is_met)


def _run(bench: Bench) -> Sequence[Line]:
    sizes = _QUICK_SIZES if bench.quick else _SIZES
    lines: list[Line] = []
    for size in sizes:
        folder = store(bench.inputs, size)
        bare = run_module("bare.list_sql", folder / FILE_NAME).report
        ours = run_module("ours.window", folder).report
        if size == sizes[-1]:
            lines += [Line(name, first, bare.get(name, 0.0), "ms", _GOAL) for name, (first, _, _) in ours.items()]
            lines.append(Line("slowest until all are known", max(all_ for _, all_, _ in ours.values()), 0.0, "ms"))
            lines.append(Line("longest gap of the UI thread", max(gap for _, _, gap in ours.values()), 0.0, "ms"))
        lines += [_slowest(kind, size, ours, bare) for kind in _KINDS]
    return lines


def _slowest(kind: str, size: int, ours: Mapping[str, Any], bare: Mapping[str, float]) -> Line:
    """Return the slowest of a kind, beside the slowest of the plain SQL of that kind."""
    names = [name for name in ours if name.split()[0] == kind]
    slowest, least = max(ours[name][0] for name in names), max(bare[name] for name in names)
    return Line(f"slowest {kind} of {size:,}", slowest, least, "ms")


FIGURE = Figure(
    name="window",
    measures="tabs, orders, filters and the end of 1,000,000 records until the first rows are seen, against plain SQL",
    run=_run,
)
