"""Donor files in a ZIP."""

import zipfile
from pathlib import Path

import pytest

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.table import members_of
from ac_desktop.importing.pipeline import import_table
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.store.imports.row_hashes import RowHashes
from tests.importing.books import write_xlsx
from tests.importing.files import open_table, take, text_of
from tests.made_up import NOW, Store
from tests.store.sqlite_file import the_file

CSV = text_of([["Email", "First Name"], ["annie@example.com", "Annie"]])


def test_the_only_donor_file_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("folder/", "")
        file.writestr("folder/donors.csv", CSV)
        file.writestr("__MACOSX/folder/._donors.csv", b"\0")
        file.writestr("readme.md", "x")
    assert members_of(path) == ("folder/donors.csv",)
    taken = take(path)
    assert taken.waiting == ["annie@example.com"]
    assert taken.table.file_name == "export.zip/folder/donors.csv"


def test_of_several_files_one_has_to_be_named(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "b.xlsx", {"A": [["Email"], ["bob@example.com"]]}).read_bytes()
    opener = '{"event":"x","email":"carla@example.com","first_name":"Carla"}'
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.csv", CSV)
        file.writestr("b.xlsx", book)
        file.writestr("c.jsonl", opener)
    assert [take(path, member=name).waiting for name in members_of(path)] == [
        ["annie@example.com"],
        ["bob@example.com"],
        ["carla@example.com"],
    ]
    with pytest.raises(ImportFileError, match=r"a\.csv, b\.xlsx, c\.jsonl"):
        open_table(path)
    with pytest.raises(ImportFileError, match="Choose one"):
        open_table(path, member="d.csv")


def test_a_zip_without_donor_files_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("inner.zip", b"PK")
    with pytest.raises(ImportFileError, match="contains no file that AC Desktop can read"):
        members_of(path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("donors.csv", b"a" * 70 * 1024**2)
    with pytest.raises(ImportFileError, match="would unpack to 70 MB"):
        open_table(path)


def test_a_locked_zip_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("donors.csv", CSV)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(ImportFileError, match="protected by a password"):
        open_table(path)


def test_a_damaged_file_in_a_zip_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        file.writestr("donors.csv", CSV)
    path.write_bytes(path.read_bytes().replace(b"annie", b"bobby"))
    with pytest.raises(ImportFileError, match="incomplete or damaged"):
        take(path)


def test_a_zip_of_many_files_is_looked_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its directory was read anew for each file and each access to it: 1,000 files took minutes, 10,000 hours."""
    looks: list[object] = []

    class Counted(zipfile.ZipFile):
        def infolist(self) -> list[zipfile.ZipInfo]:
            looks.append(self)
            return super().infolist()

    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(40):
            file.writestr(f"{number}.csv", f"Email\ndonor{number}@example.org\n")
    monkeypatch.setattr(zipfile, "ZipFile", Counted)
    with Store(tmp_path / "data") as store:
        asked: list[str] = []
        prints = RowHashes(store.database)
        the_file(store.database)._shared_writer().set_trace_callback(asked.append)
        batch = import_table(store.queue, prints, store.connect(), [path], load_profiles(), now=NOW)
    assert sum(one.result.waiting for one in batch) == 40
    assert len(looks) == 1
    assert not [one for one in asked if "id, loading_owner FROM batch" in one]


def test_a_zip_can_be_moved_once_it_was_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.csv", CSV)
        file.writestr("b.csv", CSV)
    opened: list[zipfile.ZipFile] = []

    class Noted(zipfile.ZipFile):
        def infolist(self) -> list[zipfile.ZipInfo]:
            opened.append(self)
            return super().infolist()

    monkeypatch.setattr(zipfile, "ZipFile", Noted)
    with Store(tmp_path / "data") as store:
        import_table(store.queue, RowHashes(store.database), store.connect(), [path], load_profiles(), now=NOW)
    assert opened
    assert all(packed.fp is None for packed in opened)
