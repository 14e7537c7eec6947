from pathlib import Path

from ac_desktop.store.watched import WatchedFolder
from tests.desk import Desk


def test_a_connection_watches_one_folder_and_it_goes_with_the_connection(tmp_path: Path) -> None:
    with Desk(tmp_path / "data") as desk:
        spring, gala = desk.connect("Spring"), desk.connect("Gala")
        watched = desk.services.watched
        assert watched.of(spring.id) is None
        watched.watch(spring.id, tmp_path / "a")
        watched.watch(gala.id, tmp_path / "b")
        watched.watch(spring.id, tmp_path / "c")
        desk.restart()
        watched = desk.services.watched
        assert watched.all() == [WatchedFolder(spring.id, tmp_path / "c"), WatchedFolder(gala.id, tmp_path / "b")]
        watched.stop(gala.id)
        desk.services.remove_connection(spring.id)
        assert watched.all() == []
