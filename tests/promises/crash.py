"""Processes killed, or left without power, at moments chosen by chance; whoever comes next finds everything in order.

`python -m tests.promises.crash --rounds 5000 --seed 7 [--kind relay] [--power]` goes on for as long as you like.
"""

import argparse
import itertools
import os
import random
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tests.promises.disk import Action, Fault, keep_as_durable, lose_power
from tests.promises.process_forks import Nursery
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

_SPREAD: Final = {Kind.RELAY: 6}
"""Where each round goes on from the last one, its moment is chosen within this part of the whole."""
_KEPT_BY_CHANCE: Final = (0, 0, 50, 100)
_WORKERS: Final = (1, 2, 4)


@dataclass(frozen=True)
class Survived:
    """What a run came through: mishaps, and how many whole tasks were done meanwhile."""

    mishaps: int
    scenes: int


def mishaps(whole: int) -> int:
    """Return how many mishaps a test goes through: four in ten, and all where AC_DESKTOP_MISHAPS says 100."""
    return whole * int(os.environ.get("AC_DESKTOP_MISHAPS", "40")) // 100


class Rounds:
    """Lets processes die in scene after scene, and looks at each one after each death."""

    def __init__(self, kind: Kind, folder: Path, seed: int, *, power: bool = False, weak: bool = False) -> None:
        self._kind = kind
        self._folder = folder
        self._power = power
        self._weak = weak
        self._chance = random.Random(f"{kind}-{seed}-{power}")  # noqa: S311  repeatable moments, not a secret
        self._numbers = itertools.count(1)

    def survive(self, rounds: int) -> Survived:
        """Go through so many mishaps. Raises BrokenPromiseError, which tells the moment, where one did harm."""
        mishaps = scenes = 0
        with Nursery() as nursery, Stage() as stage:
            latest = self._latest_moment(nursery, stage)
            while mishaps < rounds:
                scene = self._scene(stage)
                while not scene.is_done and mishaps < rounds:
                    mishaps += self._one_round(nursery, scene, self._chance.randint(1, latest))
                if not scene.is_done:
                    self._one_round(nursery, scene, 0)
                scenes += 1
        return Survived(mishaps, scenes)

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

    def _latest_moment(self, nursery: Nursery, stage: Stage) -> int:
        """Carry the task out undisturbed; moments are chosen anywhere in what it did."""
        scene = self._scene(stage)
        ended = nursery.run(scene.task())
        must(not ended.trouble, ended.trouble)
        scene.survive(ended=True)
        return max(10, ended.events // _SPREAD.get(self._kind, 1))

    def _one_round(self, nursery: Nursery, scene: Scene, moment: int) -> int:
        """Let a process work until its moment comes, if it comes; returns how many mishaps that makes."""
        mishap = Fault(
            moment=moment,
            action=Action.POWER if self._power else Action.KILL,
            percent_kept=self._chance.choice(_KEPT_BY_CHANCE),
            seed=self._chance.randrange(2**31),
        )
        if self._power:
            keep_as_durable(scene.folder, nursery.durable)
        ended = nursery.run(replace(scene.task(), weak=self._weak), mishap)
        if ended.killed and self._power:
            lose_power(scene.folder, nursery.durable)
        try:
            must(not ended.trouble, ended.trouble)
            scene.survive(ended=not ended.killed)
        except BrokenPromiseError as broken:
            broken.add_note(f"{self._kind}, {mishap}, mishap {scene.mishaps} of {scene.folder.name}")
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
        print(f"{kind}: survived {survived.mishaps:,} in {survived.scenes:,} tasks", flush=True)  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
