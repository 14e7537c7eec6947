"""While an office's server is away watched folders wait: files stay where they are, and come in once afterwards."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ac_desktop.automation.intake import Intake, take_file
from ac_desktop.store.errors import StoreError
from tests.automation.conftest import Unattended, export
from tests.office.way import CutOffHarness

pytestmark = pytest.mark.not_under_wine("the tests' server runs on Linux alone")


@pytest.fixture
def unattended(tmp_path: Path) -> Iterator[Unattended]:
    with CutOffHarness(tmp_path / "data") as harness:
        yield Unattended(harness, tmp_path / "exports")
        harness.way.reopen()
    harness.close_way()


def test_a_watched_folder_waits_until_the_server_is_back(unattended: Unattended) -> None:
    harness = unattended.harness
    assert isinstance(harness, CutOffHarness)
    connection = unattended.connect(is_on=False)
    unattended.run_for(600)
    file = unattended.drop("spring.csv", export(1, 2))
    harness.way.cut()

    for _ in range(5):
        with pytest.raises(StoreError) as caught:
            unattended.automation.tick()
        assert caught.value.may_pass
        harness.clock.set(harness.clock.now() + 600)
    assert [path.name for path in unattended.folder.iterdir()] == [file.name]

    harness.way.reopen()
    unattended.run_for(1200)
    assert not file.exists()
    assert harness.counts(connection).waiting == 2


def test_a_file_that_was_complete_when_the_server_went_away_comes_in_afterwards(
    unattended: Unattended, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = unattended.harness
    assert isinstance(harness, CutOffHarness)
    connection = unattended.connect(is_on=False)
    unattended.run_for(600)
    for name, number in (("a.csv", 1), ("b.csv", 2)):
        unattended.drop(name, export(number))

    def taken_meanwhile(*arguments: Any) -> Intake:
        harness.way.cut()
        return take_file(*arguments)

    monkeypatch.setattr("ac_desktop.automation.folder_looks.take_file", taken_meanwhile)
    with pytest.raises(StoreError):
        unattended.run_for(1200)
    monkeypatch.undo()
    assert sorted(path.name for path in unattended.folder.iterdir()) == ["a.csv", "b.csv"]

    harness.way.reopen()
    unattended.run_for(1200)
    assert harness.counts(connection).waiting == 2
    assert not (unattended.folder / "a.csv").exists()
