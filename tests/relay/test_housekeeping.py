"""What is old goes by itself, beside the relay."""

import threading
from pathlib import Path

from ac_desktop.model import rules
from ac_desktop.relay.housekeeping import Housekeeper
from ac_desktop.store.errors import StoreError, StoreTrouble
from ac_desktop.store.retention import DAY, Forgotten, Retention
from tests.made_up import NOW, Store


def test_it_forgets_what_is_old_says_so_and_ends_when_told(tmp_path: Path) -> None:
    with Store(tmp_path / "data") as store:
        connection = store.connect()
        store.fill(connection, 3)
        store.end(store.claim(connection), rules.Success())
        told = threading.Event()
        housekeeper = Housekeeper(Retention(store.database), lambda: NOW + 91 * DAY, told.set)

        housekeeper.start()
        assert told.wait(60)
        housekeeper.close()

        assert [bool(record.donor.email) for record in store.views.all_records(connection.id)] == [False, True, True]


class Troubled(Retention):
    """A retention whose database is away."""

    def __init__(self, asked: threading.Event) -> None:
        self._asked = asked

    def forget_old(self, now: float, go_on: object = None) -> Forgotten:
        self._asked.set()
        raise StoreError(StoreTrouble.UNREACHABLE, f"away at {now} {go_on}")

    def close_thread(self) -> None:
        """Has none."""


def test_trouble_with_the_database_does_not_end_it() -> None:
    asked = threading.Event()
    housekeeper = Housekeeper(Troubled(asked), lambda: NOW, lambda: None)
    housekeeper.start()
    assert asked.wait(60)
    housekeeper.close()
