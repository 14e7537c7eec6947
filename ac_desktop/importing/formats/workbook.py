"""Workbooks: sheets with their row counts, and cells as the text a person sees."""

import datetime as dt
import hashlib
import io
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.layout import HEADER_WITHIN
from ac_desktop.importing.formats.source import FileKind, OpenedSource, Sheet, Source
from ac_desktop.importing.formats.workbook_guard import refuse_too_large
from ac_desktop.importing.profiles.columns import normalised
from ac_desktop.model.wording import tr

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_ZIPPED: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")
_LARGEST: Final = 256 * 1024**2
_EXACT: Final = 1e15
_T = TypeVar("_T")
Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The rows of one sheet, from its first row on."""

    name: str
    sheet: "CalamineSheet"

    def cells(self) -> Iterator[Sequence[str]]:
        """Return the cells as text."""
        for values in self.sheet.iter_rows():
            yield [value if type(value) is str else as_text(value) for value in values]


def is_workbook(start: bytes) -> bool:
    """Whether a file begins as workbooks do, whatever its extension."""
    return start.startswith((_ZIPPED, _OLE))


def open_workbook(source: Source, *, sheet: str | None = None, known: Collection[str] = ()) -> OpenedSource:
    """Open a workbook and choose its sheet: the one named, else the one with most known headings.

    Raises ImportFileError where it is locked, cut off, or no workbook.
    """
    with source.open() as file:
        content = file.read(_LARGEST + 1)
    if not content:
        raise not_taken(tr("“{name}” is empty.", name=source.name), tr("Export it again."))
    if len(content) > _LARGEST:
        raise not_taken(
            tr("“{name}” is too large to open as a workbook.", name=source.name),
            tr("Save the sheet as CSV. A CSV file can be any size."),
        )
    if content.startswith(_OLE) and _LOCKED in content:
        raise _locked(source.name)
    if content.startswith(_ZIPPED):
        refuse_too_large(source.name, content)
    book = _translated_errors(source.name, lambda: _load(content))
    loaded = _translated_errors(source.name, lambda: [book.get_sheet_by_name(name) for name in _sheet_names(book)])
    sheets = tuple(Sheet(one.name, _height(one)) for one in loaded)
    chosen = _sheet_named(source.name, loaded, sheet) if sheet is not None else _best_sheet(source.name, loaded, known)
    digest = hashlib.sha256(content).hexdigest()
    return OpenedSource(FileKind.WORKBOOK, SheetGrid(source.name, chosen), digest, sheets=sheets, sheet=chosen.name)


def _load(content: bytes) -> "CalamineWorkbook":
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def _sheet_names(book: "CalamineWorkbook") -> list[str]:
    """List the sheets that hold cells, the hidden ones last."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    shown = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return shown + [sheet.name for sheet in sheets if sheet.name not in shown]


def _sheet_named(name: str, sheets: Sequence["CalamineSheet"], chosen: str) -> "CalamineSheet":
    for sheet in sheets:
        if sheet.name.casefold() == chosen.strip().casefold():
            return sheet
    raise not_taken(
        tr("“{name}” has no sheet “{sheet}”.", name=name, sheet=chosen),
        tr("Its sheets are: {sheets}.", sheets=", ".join(sheet.name for sheet in sheets)),
    )


def _best_sheet(name: str, sheets: Sequence["CalamineSheet"], known: Collection[str]) -> "CalamineSheet":
    filled = [sheet for sheet in sheets if _height(sheet)]
    if not filled:
        raise not_taken(tr("“{name}” contains no rows.", name=name), tr("Export it again."))

    def hits(sheet: "CalamineSheet") -> int:
        rows = islice(SheetGrid(name, sheet).cells(), HEADER_WITHIN)
        return max((sum(normalised(cell) in known for cell in cells) for cells in rows), default=0)

    return max(filled, key=hits)


def _height(sheet: "CalamineSheet") -> int:
    return sheet.end[0] + 1 if sheet.end else 0


def as_text(value: Value) -> str:
    """Return a cell's value as text: whole numbers without `.0`, dates as ISO, without a time where it is midnight."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return str(value)


def _translated_errors(name: str, work: Callable[[], _T]) -> _T:
    """Turn what the reader raises into an ImportFileError, its panics too, which are no Exceptions."""
    try:
        return work()
    except BaseException as error:
        if type(error).__name__ == "PasswordError":
            raise _locked(name) from error
        if isinstance(error, ImportFileError | KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise not_taken(
            tr("“{name}” can't be opened as a workbook. It is incomplete, damaged or another file type.", name=name),
            tr("Open it in a spreadsheet program and save it again as XLSX or CSV."),
        ) from error


def _locked(name: str) -> ImportFileError:
    return not_taken(
        tr("“{name}” is protected by a password.", name=name),
        tr("Open it in a spreadsheet program, remove the password, and save it again."),
    )
