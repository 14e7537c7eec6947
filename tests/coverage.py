"""Runs the tests traced, and finds the lines and branches that none of them reaches: `python -m tests coverage`.

Every line and branch of the packages in `WHOLE` must be reached, and `REST` percent of the others. The processes that
the tests start are traced with them. The tests run package by package, and what each reached stays in `build/coverage`,
so that a run that was broken off can still be read. The tracer of CPython 3.11 doubles the time, so this is no part of
the other checks, and a test that hangs under it ends after `LONGEST` seconds. Arguments are passed to pytest instead of
the packages.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

ROOT: Final = Path(__file__).parents[1]
DATA: Final = ROOT / "build" / "coverage"
WHOLE: Final = ("model", "activecampaign", "relay", "store")
REST: Final = 90.0
LONGEST: Final = 600
NOT_TRACED: Final = {
    "tests/ui/main/test_first_paint.py::test_what_the_first_paint_does_not_need_is_loaded_later": (
        "it judges what a start imports, and a traced process imports what the tracer needs"
    ),
}
"""Tests that are passed over here alone, and why."""
IN_ALL: Final = ("-n", "2", "--dist", "worksteal", "-q", "--timeout", str(LONGEST))


@dataclass(frozen=True, kw_only=True)
class Reached:
    """How much of a module, or of a package, the tests reach."""

    name: str
    lines: int
    lines_reached: int
    branches: int
    branches_reached: int
    missing: tuple[str, ...] = ()
    """Lines, and branches as `from->to`, that no test reaches."""

    @property
    def percent(self) -> float:
        """Lines and branches together, of a hundred."""
        all_of_it = self.lines + self.branches
        return 100 * (self.lines_reached + self.branches_reached) / all_of_it if all_of_it else 100.0

    @property
    def wholly(self) -> bool:
        """Whether nothing is left."""
        return (self.lines_reached, self.branches_reached) == (self.lines, self.branches)

    @classmethod
    def of_module(cls, path: str, reported: dict[str, Any]) -> Self:
        """Return what coverage's JSON says of a module."""
        figures = reported["summary"]
        arcs = [f"{before}->{after if after > 0 else 'end'}" for before, after in reported["missing_branches"]]
        return cls(
            name=path.replace("\\", "/"),
            lines=figures["num_statements"],
            lines_reached=figures["covered_lines"],
            branches=figures["num_branches"],
            branches_reached=figures["covered_branches"],
            missing=(*map(str, reported["missing_lines"]), *arcs),
        )

    @classmethod
    def together(cls, name: str, parts: Iterable[Self]) -> Self:
        """Several as one."""
        parts = list(parts)
        return cls(
            name=name,
            lines=sum(part.lines for part in parts),
            lines_reached=sum(part.lines_reached for part in parts),
            branches=sum(part.branches for part in parts),
            branches_reached=sum(part.branches_reached for part in parts),
        )


def main(arguments: list[str]) -> int:
    """Run the tests and judge; 0 only where all of them passed and enough is reached."""
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    for test, why in NOT_TRACED.items():
        _say(f"passed over: {test}: {why}")
    ran = 0
    for part, paths in {"chosen": arguments}.items() if arguments else rooms().items():
        _say(f"$ {part}")
        passed_over = (f"--deselect={test}" for test in NOT_TRACED)
        ran = max(ran, _run(part, "run", "-m", "pytest", *IN_ALL, *passed_over, *paths))
    reported = DATA / "coverage.json"
    if _run("all", "combine", "--keep", "--quiet", *map(str, DATA.glob("*.part.*"))):
        return ran or 1
    if _run("all", "json", "--quiet", "-o", str(reported)):
        return ran or 1
    modules = [Reached.of_module(path, module) for path, module in json.loads(reported.read_text())["files"].items()]
    return max(ran, judge(modules))


def rooms() -> dict[str, list[str]]:
    """Return the tests package by package, those in no package last."""
    tests = ROOT / "tests"
    parts = {path.name: [str(path)] for path in sorted(tests.iterdir()) if any(path.glob("**/test_*.py"))}
    return parts | {"tests": [str(path) for path in sorted(tests.glob("test_*.py"))]}


def judge(modules: list[Reached]) -> int:
    """Print what each package's tests reach, and what is missing; return 1 where it is not enough."""
    rooms: dict[str, list[Reached]] = {}
    for module in modules:
        rooms.setdefault(_room(module), []).append(module)
    rest = Reached.together("the rest", (module for module in modules if _room(module) not in WHOLE))
    _say(f"{'room':16}{'lines':>14}{'branches':>14}{'reached':>10}")
    for room, parts in sorted(rooms.items()):
        _say(_line(Reached.together(room, parts)))
    _say(_line(rest))
    _say(_line(Reached.together("all", modules)))
    lacking = [module for module in modules if _room(module) in WHOLE and not module.wholly]
    if rest.percent < REST:
        lacking += [module for module in modules if _room(module) not in WHOLE and module.percent < REST]
    for module in lacking:
        _say(f"{module.name}: {', '.join(module.missing)}")
    return 1 if lacking else 0


def _room(module: Reached) -> str:
    inside = Path(module.name).parts[1:]
    return inside[0] if len(inside) > 1 else "ac_desktop"


def _line(part: Reached) -> str:
    lines, branches = f"{part.lines_reached}/{part.lines}", f"{part.branches_reached}/{part.branches}"
    return f"{part.name:16}{lines:>14}{branches:>14}{int(part.percent * 10) / 10:>8.1f} %"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _run(part: str, *words: str) -> int:
    environment = os.environ | {"COVERAGE_FILE": str(DATA / f"{part}.part")}
    return subprocess.run([sys.executable, "-m", "coverage", *words], cwd=ROOT, env=environment, check=False).returncode
