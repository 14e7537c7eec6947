from pathlib import Path

from ac_desktop.store.connections.sources import WatchedFolder
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
