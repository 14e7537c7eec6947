"""A data folder works on an office while it has a membership, which holds no password; in doubt it works on nothing."""

import json
import stat
import sys
from pathlib import Path

import pytest

from ac_desktop.platform.paths import OFFICE_PASSWORD_VARIABLE
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.folder_files import MEMBERSHIP_FILE
from ac_desktop.store.office.folder_use import OfficeUse
from ac_desktop.store.office.membership import (
    OfficeMembership,
    membership_in,
    remove_membership,
    save_membership,
    server_name,
)
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.opening import StoreEngine, StoreLocation, own_store_in, store_in, use_office

ANA = OfficeMembership(
    host="db.example.org",
    port=5433,
    database="donors",
    user="ana_2",
    person="ana",
    role=Role.STAFF,
    workstation="front desk",
    ca="-----BEGIN CERTIFICATE-----",
)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    save_membership(tmp_path / "data", ANA)
    assert membership_in(tmp_path / "data") == ANA


def test_the_file_is_private(tmp_path: Path) -> None:
    save_membership(tmp_path, ANA)
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / MEMBERSHIP_FILE).stat().st_mode) == 0o600


def test_a_folder_without_one_has_its_own_queue(tmp_path: Path) -> None:
    assert membership_in(tmp_path) is None
    assert store_in(tmp_path) == StoreLocation(StoreEngine.SQLITE, tmp_path)


def test_after_leaving_the_folder_has_its_own_queue_again(tmp_path: Path) -> None:
    save_membership(tmp_path, ANA)
    remove_membership(tmp_path)
    remove_membership(tmp_path)
    assert store_in(tmp_path).engine is StoreEngine.SQLITE


def test_the_store_of_a_member_is_the_office_with_the_given_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_membership(tmp_path, ANA)
    monkeypatch.setenv(OFFICE_PASSWORD_VARIABLE, "of the environment")
    address = OfficeAddress(
        host="db.example.org",
        port=5433,
        database="donors",
        user="ana_2",
        password="given",
        ca=ANA.ca,
        workstation=ANA.workstation,
    )
    assert store_in(tmp_path, "given") == StoreLocation(StoreEngine.POSTGRES, tmp_path, address)
    found = store_in(tmp_path).office
    assert found is not None
    assert found.password == "of the environment"
    assert own_store_in(tmp_path) == StoreLocation(StoreEngine.SQLITE, tmp_path)


def test_without_a_password_the_sentence_says_where_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_membership(tmp_path, ANA)
    monkeypatch.delenv(OFFICE_PASSWORD_VARIABLE, raising=False)
    with pytest.raises(StoreError, match=OFFICE_PASSWORD_VARIABLE):
        store_in(tmp_path)


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        ({"format": 2}, StoreProblem.NEWER),
        ({"format": "one"}, StoreProblem.DAMAGED),
        ({"host": ""}, StoreProblem.DAMAGED),
        ({"port": 0}, StoreProblem.DAMAGED),
        ({"port": 65536}, StoreProblem.DAMAGED),
        ({"role": "king"}, StoreProblem.DAMAGED),
        ({"ca": None}, StoreProblem.DAMAGED),
    ],
)
def test_a_membership_that_is_not_understood_never_opens_the_own_queue(
    tmp_path: Path, change: dict[str, object], trouble: StoreProblem
) -> None:
    save_membership(tmp_path, ANA)
    content = json.loads((tmp_path / MEMBERSHIP_FILE).read_text())
    (tmp_path / MEMBERSHIP_FILE).write_text(json.dumps({**content, **change}))
    with pytest.raises(StoreError) as caught:
        store_in(tmp_path)
    assert caught.value.trouble is trouble


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_membership_never_opens_the_own_queue(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MEMBERSHIP_FILE).write_bytes(content)
    with pytest.raises(StoreError) as caught:
        store_in(tmp_path)
    assert caught.value.trouble is StoreProblem.DAMAGED
    assert "office leave" in str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_to_nowhere_in_its_place_never_opens_the_own_queue(tmp_path: Path) -> None:
    (tmp_path / MEMBERSHIP_FILE).symlink_to(tmp_path / "gone")
    with pytest.raises(StoreError):
        store_in(tmp_path)


def test_a_password_is_never_shown_or_saved(tmp_path: Path) -> None:
    save_membership(tmp_path, ANA)
    assert "password" not in (tmp_path / MEMBERSHIP_FILE).read_text()
    assert "hidden words" not in repr(ANA.address("hidden words"))


def test_many_work_in_a_folder_at_once_but_nobody_beside_who_changes_it(tmp_path: Path) -> None:
    with OfficeUse(tmp_path), OfficeUse(tmp_path):
        with pytest.raises(StoreError) as caught:
            OfficeUse(tmp_path, alone=True)
        assert caught.value.trouble is StoreProblem.LOCKED
    with OfficeUse(tmp_path, alone=True), pytest.raises(StoreError):
        OfficeUse(tmp_path)
    OfficeUse(tmp_path, alone=True).close()


def test_a_folder_with_its_own_queue_needs_no_lock_of_an_office(tmp_path: Path) -> None:
    assert use_office(StoreLocation(StoreEngine.SQLITE, tmp_path / "data")) is None
    assert not (tmp_path / "data").exists()


def test_a_server_reads_as_people_write_it() -> None:
    assert server_name("db.example.org", 5432) == "db.example.org:5432"
    assert server_name("::1", 5432) == "[::1]:5432"
