from pathlib import Path

import pytest

from ac_desktop.store.connections.sources import WatchedFolder, WatchedFolders
from ac_desktop.store.opening import StoreEngine
from tests.harness import Harness


def test_a_connection_watches_one_folder_and_it_goes_with_the_connection(tmp_path: Path) -> None:
    with Harness(tmp_path / "data") as harness:
        spring, gala = harness.connect("Spring"), harness.connect("Gala")
        watched = harness.services.watched_folders
        assert watched.of(spring.id) is None
        watched.watch(spring.id, tmp_path / "a")
        watched.watch(gala.id, tmp_path / "b")
        watched.watch(spring.id, tmp_path / "c")
        harness.restart()
        watched = harness.services.watched_folders
        assert watched.all() == [WatchedFolder(spring.id, tmp_path / "c"), WatchedFolder(gala.id, tmp_path / "b")]
        watched.stop(gala.id)
        harness.services.remove_connection(spring.id)
        assert watched.all() == []


@pytest.mark.parametrize("engine", list(StoreEngine))
def test_a_folder_of_an_office_is_watched_by_the_workstation_that_chose_it_alone(
    tmp_path: Path, engine: StoreEngine
) -> None:
    with Harness(tmp_path / "data", engine=engine) as harness:
        spring = harness.connect("Spring")
        desk = WatchedFolders(harness.services.database, "desk")
        desk_2 = WatchedFolders(harness.services.database, "desk 2")
        desk.watch(spring.id, tmp_path / "a")
        assert (desk.of(spring.id), desk.all()) == (tmp_path / "a", [WatchedFolder(spring.id, tmp_path / "a")])
        assert (desk_2.of(spring.id), desk_2.all()) == (None, [])
        desk_2.stop(spring.id)
        assert desk.of(spring.id) == tmp_path / "a"
        desk_2.watch(spring.id, tmp_path / "b")
        assert (desk.of(spring.id), desk_2.of(spring.id)) == (None, tmp_path / "b")
        desk_2.stop(spring.id)
        assert desk_2.of(spring.id) is None
