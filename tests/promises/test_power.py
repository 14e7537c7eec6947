"""The power is cut: what was not synced is gone, and still nobody is lost, and hardly a request is repeated."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.at_length import mishaps
from tests.promises.counts import POWER_CUTS_SURVIVED, count
from tests.promises.crash import Rounds
from tests.promises.disk import CAN_STAND_BETWEEN, WHY_NOT
from tests.promises.process_forks import ProcessForks
from tests.promises.scenes import BrokenPromiseError, RelayScene, Stage
from tests.promises.tasks import Kind

pytestmark = pytest.mark.skipif(not CAN_STAND_BETWEEN, reason=WHY_NOT)


@pytest.mark.at_length
@pytest.mark.parametrize("kind", Kind)
def test_a_cut_of_the_power_loses_nobody(tmp_path: Path, kind: Kind) -> None:
    survived = Rounds(kind, tmp_path, seed=1, power=True).survive(mishaps(40))

    assert survived.scenes > 1
    count(POWER_CUTS_SURVIVED, survived.faults)


@pytest.mark.parametrize("in_bulk", [False, True])
def test_what_was_written_is_durable_before_the_next_request_leaves(tmp_path: Path, *, in_bulk: bool) -> None:
    with ProcessForks() as processes, Stage() as stage:
        scene = RelayScene(tmp_path / "data", stage, in_bulk=in_bulk, workers=1)
        ended = processes.run(scene.task())
        weakened = RelayScene(tmp_path / "weak", stage, in_bulk=in_bulk, workers=1)
        ended_weakly = processes.run(replace(weakened.task(), weak=True))

    assert (ended.trouble, ended_weakly.trouble) == ("", "")
    assert ended.unsynced_sends == 0
    assert ended_weakly.unsynced_sends > 0, "a database that does not wait for the disk has to be caught"


def test_a_database_that_does_not_wait_for_the_disk_is_caught(tmp_path: Path) -> None:
    with pytest.raises(BrokenPromiseError, match=r"were repeated|different stories|called sent|not kept"):
        Rounds(Kind.RELAY, tmp_path, seed=1, power=True, weak=True).survive(40)
