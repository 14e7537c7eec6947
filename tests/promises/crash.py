"""Processes killed, or left without power, at moments chosen by chance; whoever comes next finds everything in order.

`python -m tests.promises.crash --rounds 5000 --seed 7 [--kind relay] [--power]` runs for as long as you like.
"""

import argparse
import itertools
import random
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tests.promises.disk import Action, Fault, keep_as_durable, lose_power
from tests.promises.process_forks import ProcessForks
from tests.promises.scenes import (
    BrokenPromiseError,
    ImportScene,
    MigrationScene,
    PurgeScene,
    RelayScene,
    Scene,
    Stage,
    must,
)
from tests.promises.tasks import Kind

_SPREAD: Final = {Kind.RELAY: 3}
"""Where each round goes on from the last one, its moment is chosen within this part of the whole."""
_KEPT_BY_CHANCE: Final = (0, 0, 50, 100)
_WORKERS: Final = (1, 2, 4)


@dataclass(frozen=True)
class Survived:
    """What a run survived: faults, and how many whole tasks were done meanwhile."""

    faults: int
    scenes: int


class Rounds:
    """Kills processes in scene after scene, and checks each scene after each death."""

    def __init__(self, kind: Kind, folder: Path, seed: int, *, power: bool = False, weak: bool = False) -> None:
        self._kind = kind
        self._folder = folder
        self._power = power
        self._weak = weak
        self._chance = random.Random(f"{kind}-{seed}-{power}")  # noqa: S311  repeatable moments, not a secret
        self._numbers = itertools.count(1)

    def survive(self, rounds: int) -> Survived:
        """Go through so many faults. Raise BrokenPromiseError, which names the moment, where one did harm."""
        faults = scenes = 0
        with ProcessForks() as processes, Stage() as stage:
            latest = self._latest_moment(processes, stage)
            while faults < rounds:
                scene = self._scene(stage)
                while not scene.is_done and faults < rounds:
                    faults += self._one_round(processes, scene, self._chance.randint(1, latest))
                if not scene.is_done:
                    self._one_round(processes, scene, 0)
                scenes += 1
        return Survived(faults, scenes)

    def _scene(self, stage: Stage) -> Scene:
        folder = self._folder / f"scene-{next(self._numbers)}"
        match self._kind:
            case Kind.RELAY | Kind.BULK:
                workers = self._chance.choice(_WORKERS)
                return RelayScene(folder, stage, in_bulk=self._kind is Kind.BULK, workers=workers)
            case Kind.IMPORT:
                return ImportScene(folder)
            case Kind.MIGRATION:
                return MigrationScene(folder)
            case Kind.PURGE:
                return PurgeScene(folder)

    def _latest_moment(self, processes: ProcessForks, stage: Stage) -> int:
        """Carry the task out undisturbed; moments are chosen anywhere in what it did."""
        scene = self._scene(stage)
        ended = processes.run(scene.task())
        must(not ended.trouble, ended.trouble)
        scene.survive(ended=True)
        return max(10, ended.events // _SPREAD.get(self._kind, 1))

    def _one_round(self, processes: ProcessForks, scene: Scene, moment: int) -> int:
        """Run a process until its moment comes, if it comes; return how many faults that makes."""
        fault = Fault(
            moment=moment,
            action=Action.POWER if self._power else Action.KILL,
            percent_kept=self._chance.choice(_KEPT_BY_CHANCE),
            seed=self._chance.randrange(2**31),
        )
        if self._power:
            keep_as_durable(scene.folder, processes.durable)
        ended = processes.run(replace(scene.task(), weak=self._weak), fault)
        if ended.killed and self._power:
            lose_power(scene.folder, processes.durable)
        try:
            must(not ended.trouble, ended.trouble)
            scene.survive(ended=not ended.killed)
        except BrokenPromiseError as broken:
            broken.add_note(f"{self._kind}, {fault}, fault {scene.faults} of {scene.folder.name}")
            raise
        return int(ended.killed)


def main() -> int:
    """Go through as many rounds of each kind as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1_000, help="mishaps of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", type=Kind, choices=list(Kind), action="append")
    parser.add_argument("--power", action="store_true", help="cut the power instead of killing the process")
    args = parser.parse_args()
    for kind in args.kind or Kind:
        with tempfile.TemporaryDirectory(prefix="ac-desktop-crash-") as folder:
            survived = Rounds(kind, Path(folder), args.seed, power=args.power).survive(args.rounds)
        print(f"{kind}: survived {survived.faults:,} in {survived.scenes:,} tasks", flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
