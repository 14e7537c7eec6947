"""URIs of files on every system: with a drive, on a share, with signs that a URI does not take."""

import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from ac_desktop.store.engines.sqlite.sql import file_uri


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/ann/a b?#%.sqlite3"), "file:///home/ann/a%20b%3F%23%25.sqlite3?mode=ro"),
        (PureWindowsPath(r"C:\Users\Zoë\donors.sqlite3"), "file:///C:/Users/Zo%C3%AB/donors.sqlite3?mode=ro"),
        (PureWindowsPath(r"\\office\share\donors.sqlite3"), "file:////office/share/donors.sqlite3?mode=ro"),
        (PureWindowsPath(r"\\?\UNC\office\share\a.sqlite3"), "file:////%3F/UNC/office/share/a.sqlite3?mode=ro"),
    ],
)
def test_a_path_becomes_a_uri_without_an_authority(path: PurePosixPath | PureWindowsPath, uri: str) -> None:
    assert file_uri(path, "mode=ro") == uri


def test_sqlite_opens_a_share_by_its_uri_and_finds_no_authority_in_it() -> None:
    uri = file_uri(PureWindowsPath(r"\\office\share\donors.sqlite3"), "mode=ro")
    with pytest.raises(sqlite3.OperationalError, match="unable to open database file"):
        sqlite3.connect(uri, uri=True)


def test_a_file_with_odd_signs_in_its_name_is_opened_by_its_uri(tmp_path: Path) -> None:
    path = tmp_path / "Łódź #1 100%.sqlite3"
    with closing(sqlite3.connect(path)) as sql:
        sql.execute("CREATE TABLE one (name)")
    with closing(sqlite3.connect(file_uri(path, "mode=ro"), uri=True)) as sql:
        assert sql.execute("SELECT COUNT(*) FROM one").fetchone() == (0,)
