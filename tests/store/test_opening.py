"""A store is opened by its location alone, in this process or in another one of ours, whichever engine keeps it."""

import multiprocessing
import pickle
from pathlib import Path

import pytest

import ac_desktop
from ac_desktop.store.connections.connections import Connections
from ac_desktop.store.opening import (
    StoreEngine,
    StoreLocation,
    backups_of,
    is_in_use,
    open_database,
    open_owners,
    open_rate_limits,
    open_store,
    store_in,
)
from tests.harness import PATIENCE
from tests.made_up import NOW, settings

ENGINE_NAMES = pytest.mark.parametrize("engine", list(StoreEngine))


PACKAGE = Path(ac_desktop.__file__).parent


def connect_there(location: StoreLocation) -> None:
    """Create a connection in a store; run in another process."""
    database = open_database(location)
    Connections(database).create(settings("Made elsewhere"), NOW)
    database.close()


def test_nothing_but_the_opening_names_an_engine() -> None:
    store = PACKAGE / "store"
    others = [path for path in PACKAGE.rglob("*.py") if store / "engines" not in path.parents]
    naming = [path for path in others if "store.engines" in path.read_text(encoding="utf-8")]
    assert naming == [store / "opening.py"]


def test_a_data_folder_has_its_store_in_a_file(tmp_path: Path) -> None:
    assert store_in(tmp_path) == StoreLocation(StoreEngine.SQLITE, tmp_path)


@ENGINE_NAMES
def test_another_process_opens_the_store_from_the_location_it_is_handed(tmp_path: Path, engine: StoreEngine) -> None:
    location = StoreLocation(engine, tmp_path / "data")
    opened = open_store(location)
    assert (opened.moved, opened.restored, opened.database.backup) == (None, None, None)
    assert pickle.loads(pickle.dumps(location)) == location  # noqa: S301  made here
    process = multiprocessing.get_context("spawn").Process(target=connect_there, args=(location,))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == 0
    assert [one.name for one in Connections(opened.database).all()] == ["Made elsewhere"]
    opened.database.close()


@ENGINE_NAMES
def test_a_store_is_in_use_while_it_has_an_owner(tmp_path: Path, engine: StoreEngine) -> None:
    location = StoreLocation(engine, tmp_path / "data")
    assert not is_in_use(location)
    database = open_store(location).database
    owners = open_owners(location, database)
    assert is_in_use(location)
    assert not owners.is_dead(owners.me)
    owners.close()
    assert not is_in_use(location)
    database.close()


@ENGINE_NAMES
def test_the_rate_limits_of_a_store_are_one_for_all_who_open_it(tmp_path: Path, engine: StoreEngine) -> None:
    location = StoreLocation(engine, tmp_path / "data")
    open_store(location).database.close()
    limits, others = open_rate_limits(location), open_rate_limits(location)
    assert limits.record_busy("acct.api-us1.com", 5.0, NOW, NOW) == 5.0
    assert others.busy_left("acct.api-us1.com", NOW) == 5.0
    limits.close()
    others.close()


def test_a_store_in_a_file_has_backups_and_no_backup_at_first(tmp_path: Path) -> None:
    backups = backups_of(store_in(tmp_path / "data"))
    assert backups is not None
    assert backups.newest() is None
