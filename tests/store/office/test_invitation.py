"""An invitation file has all that is needed to join; a file that is none, or damaged, ends in a sentence."""

import json
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.invitation import Invitation, read_invitation, write_invitation
from ac_desktop.store.office.roles import Role

INVITATION = Invitation(
    host="db.example.org",
    port=5432,
    database="donors",
    user="ana_2",
    person="ana",
    role=Role.STAFF,
    password="once only",
    expires_at=1_800_000_000,
)


def changed(file: Path, **fields: object) -> None:
    """Change fields of an invitation file."""
    file.write_text(json.dumps({**json.loads(file.read_text()), **fields}))


@pytest.mark.parametrize("ca", ["", "-----BEGIN CERTIFICATE-----\n"])
def test_what_is_written_is_read_again(tmp_path: Path, ca: str) -> None:
    file = tmp_path / "ana.acoffice"
    write_invitation(file, replace(INVITATION, ca=ca))
    assert read_invitation(file) == replace(INVITATION, ca=ca)
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_carries_the_offices_own_name_and_one_without_a_name_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "ana.acoffice"
    write_invitation(file, replace(INVITATION, office="River Trust"))
    assert read_invitation(file).office == "River Trust"
    content = json.loads(file.read_text())
    del content["office"]
    file.write_text(json.dumps(content))
    assert not read_invitation(file).office


def test_a_file_that_an_editor_saved_anew_is_read(tmp_path: Path) -> None:
    file = tmp_path / "ana.acoffice"
    write_invitation(file, INVITATION)
    file.write_text(file.read_text(), encoding="utf-8-sig")
    assert read_invitation(file) == INVITATION


@pytest.mark.parametrize(
    "content", [b"", b"Email\nann@example.org\n", b'{"kind": "other"}', b"\x00" * 50, b"[1]", b" " * 3_000_000]
)
def test_another_file_is_no_invitation(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(StoreError, match="isn't an invitation"):
        read_invitation(file)


def test_half_a_file_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "ana.acoffice"
    write_invitation(file, INVITATION)
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(StoreError, match="damaged"):
        read_invitation(file)


@pytest.mark.parametrize(
    "fields",
    [{"host": 4}, {"port": "x"}, {"database": None}, {"person": []}, {"user": None}, {"role": "owner"},
     {"password": ""}, {"ca": 1}, {"office": 1}, {"expires_at": "soon"}, {"format": None}],
)  # fmt: skip
def test_a_field_of_another_type_is_damage(tmp_path: Path, fields: dict[str, object]) -> None:
    file = tmp_path / "ana.acoffice"
    write_invitation(file, INVITATION)
    changed(file, **fields)
    with pytest.raises(StoreError, match="damaged"):
        read_invitation(file)


def test_an_invitation_of_a_newer_program_asks_for_an_update(tmp_path: Path) -> None:
    file = tmp_path / "ana.acoffice"
    write_invitation(file, INVITATION)
    changed(file, format=2)
    with pytest.raises(StoreError, match="Update AC Desktop") as caught:
        read_invitation(file)
    assert caught.value.trouble is StoreProblem.NEWER


def test_a_file_that_is_not_there_ends_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="can't use the file"):
        read_invitation(tmp_path / "gone.acoffice")
    with pytest.raises(StoreError, match="can't use the file"):
        write_invitation(tmp_path / "gone" / "ana.acoffice", INVITATION)


def test_the_password_is_never_shown() -> None:
    assert "once only" not in repr(INVITATION)
