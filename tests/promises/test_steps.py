"""Cut off at any step of the file system, whatever changes a database's files ends old, new, or reported."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.counts import STEPS_CUT_OFF, count
from tests.promises.disk import CAN_STAND_BETWEEN, STEPS, WHY_NOT
from tests.promises.process_forks import ProcessForks
from tests.promises.scenes import BrokenPromiseError
from tests.promises.step_scenes import SCENES
from tests.promises.steps import Cut, Rounds

pytestmark = pytest.mark.skipif(not CAN_STAND_BETWEEN, reason=WHY_NOT)

MOST = {Cut.KILL: 4, Cut.POWER: 2, Cut.NAMES: 2}
"""Steps of each scene; `python -m tests.promises.steps` takes them all, in `.ci/run`."""


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessForks]:
    with ProcessForks(STEPS) as made:
        yield made


@pytest.mark.parametrize("name", SCENES)
def test_the_next_start_has_the_old_state_or_the_new_one_or_says_where_all_lies(
    tmp_path: Path, processes: ProcessForks, name: str
) -> None:
    rounds = Rounds(name, tmp_path, processes)
    for cut, most in MOST.items():
        survived = rounds.survive(cut, most=most)
        assert survived.cuts > most // 2, "what is never cut off proves little"
        count(STEPS_CUT_OFF, survived.cuts)


@pytest.mark.parametrize("name", ["restore", "damaged"])
def test_a_start_that_does_not_look_at_what_was_begun_would_be_found_out(
    tmp_path: Path, processes: ProcessForks, name: str
) -> None:
    with pytest.raises(BrokenPromiseError):
        Rounds(name, tmp_path, processes, weak=True).survive(Cut.KILL, most=9)
