"""While an office's server is away watched folders wait: files stay where they are, and come in once afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
