"""Donor files in a ZIP."""

import zipfile
from pathlib import Path

import pytest

from ac_desktop.exports.errors import ExportError
from ac_desktop.exports.table import open_table, parts
from tests.exports.books import write_xlsx
from tests.exports.files import take, text_of

CSV = text_of([["Email", "First Name"], ["annie@example.com", "Annie"]])


def test_the_only_donor_file_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("folder/", "")
        file.writestr("folder/donors.csv", CSV)
        file.writestr("__MACOSX/folder/._donors.csv", b"\0")
        file.writestr("readme.md", "x")
    assert parts(path) == ("folder/donors.csv",)
    taken = take(path)
    assert taken.waiting == ["annie@example.com"]
    assert taken.table.file_name == "export.zip/folder/donors.csv"


def test_of_several_files_one_has_to_be_named(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "b.xlsx", {"A": [["Email"], ["bob@example.com"]]}).read_bytes()
    hook = '{"event":"x","email":"carla@example.com","first_name":"Carla"}'
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.csv", CSV)
        file.writestr("b.xlsx", book)
        file.writestr("c.jsonl", hook)
    assert [take(path, member=name).waiting for name in parts(path)] == [
        ["annie@example.com"],
        ["bob@example.com"],
        ["carla@example.com"],
    ]
    with pytest.raises(ExportError, match=r"a\.csv, b\.xlsx, c\.jsonl"):
        open_table(path)
    with pytest.raises(ExportError, match="Choose one"):
        open_table(path, member="d.csv")


def test_a_zip_without_donor_files_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("inner.zip", b"PK")
    with pytest.raises(ExportError, match="no file that can be read"):
        parts(path)


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("donors.csv", b"a" * 70 * 1024**2)
    with pytest.raises(ExportError, match="would unpack to 70 MB"):
        open_table(path)


def test_a_locked_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("donors.csv", CSV)
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    path.write_bytes(bytes(content))
    with pytest.raises(ExportError, match="protected by a password"):
        open_table(path)


def test_a_damaged_file_in_a_zip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        file.writestr("donors.csv", CSV)
    path.write_bytes(path.read_bytes().replace(b"annie", b"bobby"))
    with pytest.raises(ExportError, match="cut off or damaged"):
        take(path)
