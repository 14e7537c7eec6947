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
    office_time,
    open_database,
    open_owners,
    open_rate_limits,
    open_reservations,
    open_store,
    store_in,
)
from tests.harness import PATIENCE
from tests.made_up import NOW, settings
from tests.postgres_store import office_location


def location_in(folder: Path, engine: StoreEngine) -> StoreLocation:
    return office_location(folder) if engine is StoreEngine.POSTGRES else StoreLocation(engine, folder)


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
    location = location_in(tmp_path / "data", engine)
    opened = open_store(location)
    assert (opened.moved, opened.restored, opened.database.backup) == (None, None, None)
    assert pickle.loads(pickle.dumps(location)) == location  # noqa: S301  made here
    process = multiprocessing.get_context("spawn").Process(target=connect_there, args=(location,))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == 0
    assert [one.name for one in Connections(opened.database).all()] == ["Made elsewhere"]
    opened.database.close()


def test_a_store_in_a_file_is_in_use_while_it_has_an_owner(tmp_path: Path) -> None:
    location = StoreLocation(StoreEngine.SQLITE, tmp_path / "data")
    assert not is_in_use(location)
    database = open_store(location).database
    owners = open_owners(location, database)
    assert is_in_use(location)
    owners.close()
    assert not is_in_use(location)
    database.close()


@ENGINE_NAMES
def test_an_owner_is_alive_until_it_is_closed(tmp_path: Path, engine: StoreEngine) -> None:
    location = location_in(tmp_path / "data", engine)
    database = open_store(location).database
    mine, other = open_owners(location, database), open_owners(location, database)
    assert not mine.is_dead(mine.me)
    assert not mine.is_dead(other.me)
    other.close()
    assert mine.is_dead(other.me)
    mine.close()
    database.close()


@ENGINE_NAMES
def test_the_rate_limits_of_a_store_are_one_for_all_who_open_it(tmp_path: Path, engine: StoreEngine) -> None:
    location = location_in(tmp_path / "data", engine)
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


@pytest.mark.not_under_wine("the tests' server runs on Linux alone")
def test_only_an_office_has_a_time_and_reservations_of_its_own(tmp_path: Path) -> None:
    here, office = (
        location_in(tmp_path / engine.value, engine) for engine in (StoreEngine.SQLITE, StoreEngine.POSTGRES)
    )
    opened = open_store(here).database
    assert office_time(here, opened) is None
    assert open_reservations(here, opened) is None
    with pytest.raises(TypeError):
        open_reservations(office, opened)
    opened.close()

    shared = open_store(office).database
    time, limits = office_time(office, shared), open_reservations(office, shared)
    assert time is not None
    assert limits is not None
    assert time.now() > NOW - 86_400.0
    assert limits.steady() >= time.steady() - 60.0
    shared.close()
