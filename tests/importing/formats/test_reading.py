"""Files as people have them: what is detected, what is distinguished, and the sentence where nothing can be done."""

import codecs
import sys
from pathlib import Path

import pytest

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.table import READABLE, FileKind, members_of, table_from_text
from tests.importing.files import open_table, take, text_of, write

ROWS = [["Email", "First Name", "Last Name"], ["jose@example.com", "José", "Núñez"], ["a@example.com", "Ann", "Dot"]]


def cells(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in open_table(path).rows()]


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, expected: str, delimiter: str) -> None:
    path = write(tmp_path / "donors.csv", ROWS, encoding, delimiter)
    table = open_table(path)
    assert (table.encoding, table.delimiter, table.kind) == (expected, delimiter, FileKind.DELIMITED)
    assert [row.cells for row in table.rows()] == [tuple(row) for row in ROWS[1:]]
    assert [row.cells for row in table.rows()] == [tuple(row) for row in ROWS[1:]]


def test_utf16_big_endian_with_a_bom(tmp_path: Path) -> None:
    path = tmp_path / "donors.txt"
    path.write_bytes(codecs.BOM_UTF16_BE + text_of(ROWS, "\t").encode("utf-16-be"))
    assert cells(path)[0] == tuple(ROWS[1])


def test_the_five_bytes_windows_leaves_out_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "donors.csv"
    path.write_bytes(b"Email,First Name\na@example.com,Jos\xe9 \x81\n")
    assert cells(path) == [("a@example.com", "José \x81")]


def test_what_is_given_wins_over_what_is_found(tmp_path: Path) -> None:
    path = write(tmp_path / "donors.csv", ROWS, "utf-8", ";")
    table = open_table(path, encoding="windows-1252", delimiter=";")
    assert table.encoding == "cp1252"
    assert next(table.rows()).cells[1] == "JosÃ©"


def test_an_encoding_that_does_not_fit_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path / "donors.csv", ROWS, "cp1252")
    with pytest.raises(ImportFileError, match="isn't encoded as utf-8"):
        open_table(path, encoding="utf-8")
    with pytest.raises(ImportFileError, match="no encoding named"):
        open_table(path, encoding="klingon")


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_one(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "donors.csv"
    path.write_bytes(line_end.join(["Email,Name", "a@example.com,A", "b@example.com,B"]).encode())
    assert [row.number for row in open_table(path).rows()] == [2, 3]


def test_row_numbers_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "donors.csv"
    rows = 'Donors 2026\n\nEmail,"First\nName"\n\na@example.com,"two\nlines"\n,\nb@example.com,B\n'
    path.write_text(rows, newline="\n")
    table = open_table(path)
    assert table.header == ("Email", "First\nName")
    assert table.header_row == 3
    assert [row.number for row in table.rows()] == [5, 7]
    assert table.blank_rows == 2


def test_the_hint_of_excel_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "donors.csv"
    path.write_text("sep=;\nEmail;Name\na@example.com;A, B\n")
    table = open_table(path)
    assert (table.delimiter, table.header_row, next(table.rows()).number) == (";", 1, 2)


@pytest.mark.parametrize(
    ("above", "header"),
    [
        (["Donors of spring", "", ""], ["Email", "First Name", "City"]),
        (["Contact:", "boss@example.net", ""], ["Email", "First Name", "City"]),
        (["", "", ""], ["Courriel", "Prénom", "Ville"]),
    ],
)
def test_a_header_is_found_below_other_lines(tmp_path: Path, above: list[str], header: list[str]) -> None:
    table = open_table(write(tmp_path / "donors.csv", [above, header, ["a@example.com", "Form", "Type"]]))
    assert (table.header_row, list(table.header)) == (2, header)


def test_a_donor_is_not_taken_for_the_header(tmp_path: Path) -> None:
    table = open_table(write(tmp_path / "donors.csv", [["Courriel", "Nom"], ["0", "ID"]]))
    assert table.header == ("Courriel", "Nom")
    headless = open_table(write(tmp_path / "donors.csv", [["a@example.com", "Ann"], ["b@example.com", "Page"]]))
    assert headless.header_row == 0


def test_a_header_row_can_be_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "donors.csv", [["Post", "x"], ["Name", "y"], ["a@example.com", "A"]])
    assert open_table(path, header_row=2).header == ("Name", "y")
    assert open_table(path, header_row=0).header == ("Column 1", "Column 2")
    with pytest.raises(ImportFileError, match="no row 9"):
        open_table(path, header_row=9)


def test_duplicate_and_missing_headings_keep_their_places(tmp_path: Path) -> None:
    path = write(tmp_path / "donors.csv", [["Reserved", "Email", "Reserved", ""], ["1", "a@example.com", "2", "3"]])
    assert open_table(path).header == ("Reserved", "Email", "Reserved", "Column 4")


def test_a_company_called_total_is_a_donor(tmp_path: Path) -> None:
    rows = [
        ["Company", "Email"],
        ["Total", "a@example.com"],
        ["Total", ""],
        ["Check Fee", ""],
        ["Totals", "b@example.com"],
    ]
    table = open_table(write(tmp_path / "donors.csv", rows))
    assert [row.number for row in table.rows()] == [2, 5]
    assert table.trailer_rows == (3, 4)


def test_a_delimiter_at_the_end_of_every_row_moves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "donors.csv"
    path.write_text("Email,First Name\na@example.com,A,\nb@example.com,B,\n")
    assert take(path).waiting == ["a@example.com", "b@example.com"]


def test_quotes_within_a_row_are_read_as_spreadsheets_do(tmp_path: Path) -> None:
    path = tmp_path / "donors.csv"
    path.write_text('Email,First Name\na@example.com,"Annie" Dot\nb@example.com,5" Bob\n')
    assert cells(path) == [("a@example.com", "Annie Dot"), ("b@example.com", '5" Bob')]


@pytest.mark.parametrize(
    "text",
    [
        'Email,Name\na@example.com,"Annie\nb@example.com,Bob\n',
        'Email,Name\na@example.com,A\n"b@example.com,B\nc@example.com,"C"\n',
        'Email,Name\na@example.com,"' + "x\n" * 100_000,
    ],
)
def test_an_unclosed_quote_names_its_row(tmp_path: Path, text: str) -> None:
    path = tmp_path / "donors.csv"
    path.write_text(text)
    with pytest.raises(ImportFileError, match=r"row [23].*Nothing was queued"):
        take(path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("donors.csv", b"", "is empty"),
        ("donors.csv", b"\xef\xbb\xbf\r\n\r\n", "contains no rows"),
        ("donors.csv", b"Email,First Name\n", "no donors below"),
        ("donors.csv", b"Email,First Name\n,\n\n", "no donors below"),
        ("donors.csv", b"Email,Na\0me\na@example.com,A\n", "isn't a text file"),
        ("donors.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" * 50, "isn't a text file"),
        ("donors.csv", b"x" * 9_000_000, "8 million"),
        ("donors.csv", b"<!DOCTYPE html><table><tr><td>a@example.com", "web page"),
        ("donors.xls", b"<html><table><tr><td>a@example.com", "web page"),
        ("donors.pdf", b"%PDF-1.4", "isn't a file type"),
        ("donors", b"Email\na@example.com\n", "isn't a file type"),
        ("donors.xlsx", b"Email\na@example.com\n", "can't be opened as a workbook"),
        ("donors.xlsx", b"PK\x03\x04 and then nothing", "incomplete or damaged"),
        ("donors.xlsx", b"", "is empty"),
        ("donors.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "can't be opened as a workbook"),
        ("donors.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("donors.zip", b"PK\x03\x04 and then nothing", "incomplete or damaged"),
        ("donors.json", b"", "is empty"),
        ("donors.json", b"[]", "contains no donors"),
        ("donors.json", b'[{"email":"a@example.com"},', "cut off"),
        ("donors.json", b'{"email":', "cut off"),
        ("donors.json", b"[1, 2]", "isn't an object"),
        ("donors.json", b"[" * 100_000, "cut off"),
        ("donors.json", b'{"a":' * 100_000, "an entry is cut off"),
        ("donors.csv", b"First Name,Last Name\nAnnie,Dot\n", "no column with email"),
    ],
)
def test_what_cannot_be_taken_ends_in_a_sentence(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match=says) as raised:
        take(path)
    assert "Nothing was queued." in str(raised.value)


def test_a_folder_and_a_missing_file_are_reported(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="is a folder"):
        open_table(tmp_path)
    with pytest.raises(ImportFileError, match="couldn't be read"):
        open_table(tmp_path / "gone.csv")


@pytest.mark.skipif(sys.platform == "win32", reason="no such permissions on Windows")
def test_an_unreadable_file_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "donors.csv", ROWS)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(ImportFileError, match=r"couldn't be read \(Permission denied\)"):
        open_table(path)


def test_a_file_that_changes_meanwhile_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path / "donors.csv", ROWS)
    table = open_table(path)
    write(path, [*ROWS, ["c@example.com", "C", "D"]])
    with pytest.raises(ImportFileError, match="was changed"):
        list(table.rows())


def test_the_sentence_for_other_files_names_what_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "donors.docx"
    path.write_bytes(b"x")
    with pytest.raises(ImportFileError) as raised:
        open_table(path)
    assert all(ending in str(raised.value) for ending in READABLE)
    assert members_of(write(tmp_path / "donors.csv", ROWS)) == ("",)


def test_the_hash_is_the_files(tmp_path: Path) -> None:
    import hashlib

    path = write(tmp_path / "donors.csv", ROWS)
    assert open_table(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_pasted_rows_without_a_header_are_reported_by_their_contents() -> None:
    taken = take("Annie\tDot\tannie@example.com\t(225) 250-1301\nBob\tQuill\tbob@example.com\t\n")
    assert (taken.table.header_row, taken.table.delimiter) == (0, "\t")
    assert taken.recognition.open_questions[0].kind.value == "by content"
    donors = [(row.row, row.donor.email, row.donor.first_name, row.donor.phone) for row in taken.rows]
    assert donors == [(1, "annie@example.com", "Annie", "2252501301"), (2, "bob@example.com", "Bob", "")]


def test_pasted_addresses_alone() -> None:
    taken = take("annie@example.com\nbob@example.com\n")
    assert taken.waiting == ["annie@example.com", "bob@example.com"]
    assert taken.recognition.open_questions == ()


def test_pasted_rows_with_a_header() -> None:
    assert take("Email\tFirst Name\nannie@example.com\tAnnie").at(2).donor.first_name == "Annie"


def test_nothing_pasted_is_reported() -> None:
    with pytest.raises(ImportFileError, match="nothing to paste"):
        table_from_text(" \n")
