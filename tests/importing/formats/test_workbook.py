"""Workbooks: sheets, cells as a person sees them, and files that would ask for more memory than there is."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.formats.table import FileKind
from ac_desktop.importing.formats.workbook import as_text
from tests.importing.books import Rows, ods_content, write_ods, write_xlsx, xlsx_sheet
from tests.importing.files import open_table, take

DONORS: Rows = [
    ["Donors of spring"],
    [],
    ["Email", "First Name", "Phone", "Amount"],
    ["annie@example.com", "Annie", 12252501301.0, 52.4],
    [],
    ["bob@example.com", "Bob", None, True],
    ["Totals", None, None, 104.8],
]


def test_xlsx_rows_keep_their_numbers(tmp_path: Path) -> None:
    table = open_table(write_xlsx(tmp_path / "donors.xlsx", {"Spring": DONORS}))
    assert (table.kind, table.sheet, table.header_row) == (FileKind.WORKBOOK, "Spring", 3)
    assert [(row.number, row.cells) for row in table.rows()] == [
        (4, ("annie@example.com", "Annie", "12252501301", "52.4")),
        (6, ("bob@example.com", "Bob", "", "true")),
    ]
    assert table.trailer_rows == (7,)
    assert table.blank_rows == 1


def test_xlsx_is_imported_whole(tmp_path: Path) -> None:
    taken = take(write_xlsx(tmp_path / "donors.xlsx", {"Spring": DONORS}))
    assert taken.at(4).donor.phone == "2252501301"
    assert taken.waiting == ["annie@example.com", "bob@example.com"]


def test_ods_is_read_alike(tmp_path: Path) -> None:
    taken = take(write_ods(tmp_path / "donors.ods", {"Spring": [[*row, None] for row in DONORS]}))
    assert taken.waiting == ["annie@example.com", "bob@example.com"]
    assert taken.at(4).donor.phone == "2252501301"


def test_the_sheet_with_the_donors_is_found_and_another_can_be_chosen(tmp_path: Path) -> None:
    other: Rows = [["Email", "First Name"], ["carla@example.com", "Carla"]]
    notes: Rows = [["Notes"], ["nothing here"]]
    path = write_xlsx(
        tmp_path / "donors.xlsx", {"Notes": notes, "Empty": [], "Title": [["Title"]], "Spring": DONORS, "Autumn": other}
    )
    table = open_table(path)
    assert table.sheet == "Spring"
    assert [(sheet.name, sheet.rows) for sheet in table.sheets] == [
        ("Notes", 2),
        ("Empty", 0),
        ("Title", 1),
        ("Spring", 7),
        ("Autumn", 2),
    ]
    assert next(open_table(path, sheet="autumn").rows()).cells == ("carla@example.com", "Carla")
    assert take(path).at(4).donor.source == "donors.xlsx / Spring"
    with pytest.raises(ImportFileError, match=r"no sheet “Winter”.*Spring"):
        open_table(path, sheet="Winter")
    with pytest.raises(ImportFileError, match="no donors"):
        open_table(path, sheet="Empty")


def test_a_workbook_without_rows_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="contains no rows"):
        open_table(write_xlsx(tmp_path / "donors.xlsx", {"A": [], "B": []}))


def test_a_workbook_under_another_ending_is_read(tmp_path: Path) -> None:
    for name in ("donors.csv", "donors.xls"):
        assert open_table(write_xlsx(tmp_path / name, {"A": DONORS})).kind is FileKind.WORKBOOK


def test_text_under_the_ending_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("Email\tFirst Name\na@example.com\tAnn\n")
    assert take(path).waiting == ["a@example.com"]


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_a_cut_workbook_is_reported(tmp_path: Path, keep: float) -> None:
    path = write_xlsx(tmp_path / "donors.xlsx", {"A": DONORS})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(ImportFileError, match="incomplete or damaged"):
        open_table(path)


def test_a_damaged_part_is_reported(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "donors.xlsx", {"A": DONORS}, {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><r"})
    with pytest.raises(ImportFileError):
        take(path)


@pytest.mark.parametrize(
    "stray",
    [
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="4000000000"><c t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="9"><c r="A99999999"><v>1</v></c></row>',
        "<row r='9'><c\tr = 'A99999999'><v>1</v></c></row>",
    ],
)
def test_a_stray_cell_does_not_ask_for_all_memory(tmp_path: Path, stray: str) -> None:
    sheet = xlsx_sheet(DONORS).replace("</sheetData>", f"{stray}</sheetData>")
    path = write_xlsx(tmp_path / "donors.xlsx", {"A": DONORS}, {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(ImportFileError, match="so far apart"):
        open_table(path)


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"><text:p>x'
        "</text:p></table:table-cell></table:table-row>",
        '<table:table-row><table:table-cell table:number-columns-repeated="16000"/><table:table-cell '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>',
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>',
    ],
)
def test_repeated_cells_of_ods_do_not_ask_for_all_memory(tmp_path: Path, row: str) -> None:
    content = ods_content({"A": DONORS}).replace("</table:table>", f"{row}</table:table>")
    with pytest.raises(ImportFileError, match="so far apart"):
        open_table(write_ods(tmp_path / "donors.ods", {}, content))


def test_the_blank_rest_of_an_ods_sheet_does_no_harm(tmp_path: Path) -> None:
    rest = (
        '<table:table-row table:number-rows-repeated="1048569"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    content = ods_content({"A": DONORS, "B": DONORS}).replace("</table:table>", rest)
    assert take(write_ods(tmp_path / "donors.ods", {}, content)).waiting == ["annie@example.com", "bob@example.com"]


def test_a_workbook_that_unpacks_beyond_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "donors.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", bytes(70 * 1024**2))
    with pytest.raises(ImportFileError, match="would unpack to 70 MB"):
        open_table(path)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2252501301.0, "2252501301"),
        (1.5, "1.5"),
        (3, "3"),
        (True, "true"),
        (1e20, "1e+20"),
        (dt.datetime(2026, 4, 9, 20, 57, 8), "2026-04-09 20:57:08"),  # noqa: DTZ001
        (dt.datetime(2026, 4, 9), "2026-04-09"),  # noqa: DTZ001
        (dt.date(2026, 4, 9), "2026-04-09"),
        (dt.time(20, 57), "20:57:00"),
    ],
)
def test_values_are_written_as_people_see_them(value: float | dt.date | dt.time, text: str) -> None:
    assert as_text(value) == text


def test_no_panic_of_the_reader_gets_out(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("xl/workbook.xml", "<workbook><sheets><sheet name='A'/></sheets></workbook>")
    path = tmp_path / "donors.xlsx"
    path.write_bytes(buffer.getvalue())
    with pytest.raises(ImportFileError):
        open_table(path)
