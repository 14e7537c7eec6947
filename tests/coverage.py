"""Runs the tests traced, and finds the lines and branches that none of them reaches: `python -m tests coverage`.

Every line and branch of the rooms in `WHOLE` must be reached, and `REST` percent of the others. What runs in a process
of its own is not traced. The tracer of CPython 3.11 doubles the time, so this is no part of the other checks, and a
test that hangs under it ends after `LONGEST` seconds. More arguments go to pytest.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

ROOT: Final = Path(__file__).parents[1]
WHOLE: Final = ("model", "activecampaign", "relay", "store")
REST: Final = 90.0
LONGEST: Final = 300
TRACED: Final = ("-p", "tests.tracing", "--timeout", str(LONGEST), "--cov", "--cov-report=")
IN_ALL: Final = ("-n", "2", "--dist", "worksteal", "-q")


@dataclass(frozen=True, kw_only=True)
class Reached:
    """How much of a module, or of a room, the tests reach."""

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
    def of_module(cls, path: str, told: dict[str, Any]) -> Self:
        """What coverage's JSON tells of a module."""
        figures = told["summary"]
        arcs = [f"{before}->{after if after > 0 else 'end'}" for before, after in told["missing_branches"]]
        return cls(
            name=path.replace("\\", "/"),
            lines=figures["num_statements"],
            lines_reached=figures["covered_lines"],
            branches=figures["num_branches"],
            branches_reached=figures["covered_branches"],
            missing=(*map(str, told["missing_lines"]), *arcs),
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
    with tempfile.TemporaryDirectory(prefix="ac-desktop-coverage-") as place:
        told = Path(place) / "coverage.json"
        ran = _run("pytest", *TRACED, *IN_ALL, *arguments)
        if _run("coverage", "json", "--quiet", "-o", str(told)):
            return ran or 1
        modules = [Reached.of_module(path, module) for path, module in json.loads(told.read_text())["files"].items()]
    return max(ran, judge(modules))


def judge(modules: list[Reached]) -> int:
    """Say what each room's tests reach, and what is missing; 1 where it is not enough."""
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


def _run(module: str, *rest: str) -> int:
    return subprocess.run([sys.executable, "-m", module, *rest], cwd=ROOT, check=False).returncode
