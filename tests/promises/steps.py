"""The program cut off at every step of the file system, and started again: the old state, the new one, or a sentence.

`python -m tests.promises.steps [--scene restore] [--most 40]` goes through every step of each scene: killed there, and
with the power cut, once where only what was synced is on the disk and once where all names are and no other content.
With the power cut, steps that leave the same on the disk are tried once.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Final

from tests.promises.disk import STEPS, Action, Fault
from tests.promises.process_forks import ProcessForks
from tests.promises.scenes import BrokenPromiseError, must
from tests.promises.step_scenes import SCENES, Start
from tests.promises.tasks import Command, PuttingAway

START: Final = ("status", "--json")
_UNSYNCED: Final = ("write ", "copy ", "cut ")


class Cut(Enum):
    """How a process ends, and what the disk has then."""

    KILL = "kill: all that was written"
    POWER = "power: what was synced"
    NAMES = "power: what was synced, under the names as they were last"


@dataclass(frozen=True)
class Survived:
    """At how many of how many steps a command was cut off without harm."""

    cuts: int
    steps: int


class Rounds:
    """Cuts the command of one scene off, at step after step."""

    def __init__(self, name: str, folder: Path, processes: ProcessForks, *, weak: bool = False) -> None:
        self._name = name
        self._weak = weak
        self._processes = processes
        self._template = folder / "template"
        self._output = folder / "output"
        self._output.mkdir()
        self._scene = SCENES[name](folder / "scene")
        self._scene.prepare()
        self._scene.root.rename(self._template)

    def survive(self, cut: Cut, *, most: int = 0) -> Survived:
        """Go through all steps, or about as many as `most`: each that renames, and others from beginning to end.

        Raise BrokenPromiseError, which names the step, where one did harm.
        """
        self._begin()
        must(self._run(self._scene.command()), "the undisturbed command did not end")
        moments: Sequence[int]
        steps = (self._processes.durable / "trace").read_text(encoding="utf-8").splitlines()
        self._scene.check(self._start(), done=True)
        moments = range(1, len(steps) + 1) if cut is Cut.KILL else _distinct(steps)
        if most:
            moments = _some(steps, moments, most)
        return Survived(sum(self._round(cut, moment) for moment in moments), len(steps))

    def _round(self, cut: Cut, moment: int) -> int:
        self._begin()
        if self._run(self._scene.command(), moment):
            return 0
        seen = self._warned()
        if cut is not Cut.KILL:
            lose_power(self._scene.root, self._processes.durable, keep_names=cut is Cut.NAMES)
        try:
            self._look(seen)
        except BrokenPromiseError as broken:
            step = (self._processes.durable / "trace").read_text(encoding="utf-8").partition("\n")[0]
            broken.add_note(f"{self._name}, {cut.value}, step {moment}: {step}; {self._scene.root}")
            raise
        return 1

    def _look(self, seen: str) -> None:
        """Start it again, and once more; then run the command to its end."""
        reported = replace(self._start(), seen=seen)
        self._scene.check(reported, done=False)
        state = reported.state
        again = self._start()
        must(again.code == 0 and again.state == state, f"the second start has another state: {again}")
        must(not again.warned, f"the second start still tells of it: {again.warned}")
        left = [file.name for file in self._scene.data.iterdir() if not self._scene.allowed(file.name)]
        must(not left, f"something is left over: {left}")
        must(self._run(self._scene.command()), "the command did not come to its end")
        self._scene.check(self._start(), done=True)

    def _begin(self) -> None:
        shutil.rmtree(self._scene.root, ignore_errors=True)
        shutil.copytree(self._template, self._scene.root)
        keep_as_durable(self._scene.root, self._processes.durable)

    def _start(self) -> Start:
        must(self._run(START), "the start did not end")
        code, said = ((self._output / name).read_text(encoding="utf-8") for name in ("code", "said"))
        return Start(int(code), said, self._warned())

    def _warned(self) -> str:
        return (self._output / "warned").read_text(encoding="utf-8")

    def _command(self, arguments: Sequence[str]) -> Command:
        return Command(
            folder=self._scene.root,
            arguments=(*arguments, "--data-dir", str(self._scene.data)),
            output=self._output,
            weak=self._weak,
        )

    def _run(self, wanted: tuple[str, ...] | PuttingAway, moment: int = 0) -> bool:
        """Carry a command out; whether it came to its end."""
        command = wanted if isinstance(wanted, PuttingAway) else self._command(wanted)
        ended = self._processes.run(command, Fault(moment=moment, action=Action.KILL))
        must(not ended.trouble, ended.trouble)
        return not ended.killed


def _distinct(steps: Sequence[str]) -> list[int]:
    """Choose the steps before which a disk without power differs: what was written and not synced is not on it."""
    before = enumerate(("", *steps), 1)
    return [number for number, done in before if not done.startswith(_UNSYNCED) and number <= len(steps)]


def _some(steps: Sequence[str], moments: Sequence[int], most: int) -> list[int]:
    """Choose about `most` of them; of many writes to one file the first alone."""
    telling = [
        number
        for number in moments
        if not steps[number - 1].startswith("write ") or number == 1 or steps[number - 1] != steps[number - 2]
    ]
    renames = [number for number in telling if steps[number - 1].startswith("rename ")]
    others = [number for number in telling if number not in renames]
    wanted = min(len(others), max(0, most - len(renames)))
    return sorted(renames + [others[place * len(others) // wanted] for place in range(wanted)])


def keep_as_durable(root: Path, durable: Path) -> None:
    """Treat all that is there now as synced."""
    shutil.rmtree(durable, ignore_errors=True)
    for kind in ("objects", "names"):
        (durable / kind).mkdir(parents=True)
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        names = [f"{path.lstat().st_ino} {path.name}\n" for path in folder.iterdir()]
        (durable / "names" / str(folder.stat().st_ino)).write_text("".join(names), encoding="utf-8")
        for path in folder.iterdir():
            if path.is_file():
                shutil.copyfile(path, durable / "objects" / str(path.stat().st_ino))


def lose_power(root: Path, durable: Path, *, keep_names: bool) -> None:
    """Leave what the disk is sure to have; with `keep_names` each file has its last name, and what was synced of it."""
    known = {str(path.lstat().st_ino): path for path in root.rglob("*")}
    after = root.with_name("after")
    shutil.rmtree(after, ignore_errors=True)
    _build(root, after, durable, known, keep_names=keep_names)
    shutil.rmtree(root)
    after.rename(root)


def _build(folder: Path, after: Path, durable: Path, known: dict[str, Path], *, keep_names: bool) -> None:
    after.mkdir(mode=0o700)
    for number, name in _names(folder, durable, keep_names=keep_names):
        path, content = known.get(number), durable / "objects" / number
        if path is not None and path.is_dir():
            _build(path, after / name, durable, known, keep_names=keep_names)
        elif not name.endswith("-shm"):
            (after / name).write_bytes(content.read_bytes() if content.exists() else b"")
            (after / name).chmod(0o600)


def _names(folder: Path, durable: Path, *, keep_names: bool) -> list[tuple[str, str]]:
    if keep_names:
        return [(str(path.lstat().st_ino), path.name) for path in folder.iterdir()]
    synced = durable / "names" / str(folder.stat().st_ino)
    if not synced.exists():
        return []
    lines = (line.partition(" ") for line in synced.read_text(encoding="utf-8").splitlines())
    return [(number, name) for number, _, name in lines]


def main() -> int:
    """Go through every step of the scenes asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scene", choices=list(SCENES), action="append")
    parser.add_argument("--most", type=int, default=0, help="about so many steps of each scene instead of all")
    args = parser.parse_args()
    cuts = 0
    with ProcessForks(STEPS) as processes:
        for name in args.scene or SCENES:
            for cut in Cut:
                with tempfile.TemporaryDirectory(prefix="ac-desktop-steps-") as folder:
                    survived = Rounds(name, Path(folder), processes).survive(cut, most=args.most)
                cuts += survived.cuts
                print(f"{name}, {cut.value}: {survived.cuts} of {survived.steps} steps", flush=True)  # noqa: T201
    print(f"cut off at {cuts:,} steps, and nothing was lost")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
