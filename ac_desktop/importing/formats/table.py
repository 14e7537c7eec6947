"""A donor file opened: its header, its rows with the numbers a spreadsheet shows, and how it was read."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final, Self

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats import delimited, webhook, workbook
from ac_desktop.importing.formats.archive import Archive
from ac_desktop.importing.formats.layout import find_header, full_width, holds_email, is_blank, starts_trailer
from ac_desktop.importing.formats.source import BytesSource, FileKind, FileSource, OpenedSource, Sheet, Source
from ac_desktop.importing.profiles.columns import named, normalised
from ac_desktop.importing.profiles.profiles import known_headings
from ac_desktop.importing.profiles.report_columns import is_report, unescaped
from ac_desktop.model.wording import tr

__all__ = [
    "DonorFile",
    "FileKind",
    "ImportFileError",
    "RowCounts",
    "Sheet",
    "Table",
    "TableRow",
    "members_of",
    "table_from_text",
]

_SAMPLE_ROWS: Final = 200
MOST_COLUMNS: Final = 16_384
"""The number of columns of an Excel sheet."""
_TEXT: Final = frozenset({".csv", ".tsv", ".txt"})
_BOOK: Final = frozenset({".xlsx", ".xls", ".ods"})
_JSON: Final = frozenset({".json", ".jsonl"})
_FIRST_CHARACTERS: Final = frozenset({"", "T", "t", "N", "n", "#", *"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0 "})
"""First characters of blank rows and of trailers; rows that begin with other white space count as donors."""
READABLE: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".json", ".jsonl", ".zip")
"""The endings of files that can be dropped on the window."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row below the header, with the number a spreadsheet shows for it."""

    number: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class RowCounts:
    """The rows of the last full reading that are no donors."""

    blank: int = 0
    trailer: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of donors; `header_row` is 0 where the file has none."""

    file_name: str
    opened: OpenedSource
    header: tuple[str, ...]
    header_row: int
    preamble: tuple[TableRow, ...] = ()
    sample: tuple[TableRow, ...] = ()
    counts: RowCounts = field(default_factory=RowCounts, compare=False)
    file: FileSource | None = field(default=None, compare=False)

    @property
    def kind(self) -> FileKind:
        """The kind of file it was read from."""
        return self.opened.kind

    @property
    def encoding(self) -> str:
        """The encoding of a text file, as `DonorFile.table` takes it."""
        return self.opened.encoding

    @property
    def delimiter(self) -> str:
        """The delimiter of a text file."""
        return self.opened.delimiter

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets of a workbook."""
        return self.opened.sheets

    @property
    def sheet(self) -> str:
        """The sheet that was chosen."""
        return self.opened.sheet

    @property
    def sha256(self) -> str:
        """The hash of the whole file."""
        return self.opened.sha256

    @property
    def is_report(self) -> bool:
        """Whether it is a report of the program, imported again."""
        return is_report(self.header)

    @property
    def blank_rows(self) -> int:
        """Blank rows of the last reading."""
        return self.counts.blank

    @property
    def trailer_rows(self) -> tuple[int, ...]:
        """Rows of sums below the donors, of the last reading."""
        return tuple(self.counts.trailer)

    def confirm(self) -> None:
        """Raise ImportFileError where the file was changed since it was opened."""
        if self.file is not None:
            self.file.confirm()

    def close(self) -> None:
        """Close the file; nothing is read from it any more."""
        if self.file is not None:
            self.file.close()

    def rows(self) -> Iterator[TableRow]:
        """Read the rows below the header from the start."""
        for number, cells in self.numbered():
            yield TableRow(number, tuple(cells))

    def numbered(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Return the rows as pairs of number and cells."""
        for numbers, rows in self.batches(1):
            yield from zip(numbers, rows, strict=True)

    def batches(self, size: int) -> Iterator[tuple[Sequence[int], Sequence[Sequence[str]]]]:
        """Return the rows in chunks of at most `size`: their numbers and their cells; faster for long files."""
        self.counts.blank, self.counts.trailer = 0, []
        is_report_ = self.is_report
        grid = iter(self.opened.grid.cells())
        number = sum(1 for _ in islice(grid, self.header_row)) + 1
        while rows := list(islice(grid, size)):
            numbers: Sequence[int] = range(number, number + len(rows))
            number += len(rows)
            if no_donors := self._other_rows(numbers, rows):
                numbers = [one for one in numbers if one not in no_donors]
                rows = [cells for one, cells in enumerate(rows, number - len(rows)) if one not in no_donors]
            if rows:
                yield numbers, [unescaped(cells) for cells in rows] if is_report_ else rows

    def _other_rows(self, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> set[int]:
        """Detect and count the rows that are blank or belong to the sums below the donors."""
        found: set[int] = set()
        trailer = self.counts.trailer
        if not trailer and all(rows) and _FIRST_CHARACTERS.isdisjoint(cells[0][:1] for cells in rows):
            return found
        for number, cells in zip(numbers, rows, strict=True):
            if trailer or not cells or cells[0][:1] in _FIRST_CHARACTERS:
                if is_blank(cells):
                    self.counts.blank += 1
                elif (trailer and not holds_email(cells)) or starts_trailer(cells):
                    trailer.append(number)
                else:
                    continue
                found.add(number)
        return found


class DonorFile:
    """A file that is opened once, with the tables in it: those of a ZIP, or one.

    Raises ImportFileError, whose text is a sentence for the person.
    """

    def __init__(self, path: Path) -> None:
        self._file = FileSource.of(path)
        self._archive = Archive(self._file) if path.suffix.lower() == ".zip" else None

    @property
    def members(self) -> tuple[str, ...]:
        """The readable files of a ZIP; one empty name for any other file."""
        return self._archive.members if self._archive is not None else ("",)

    def table(
        self,
        member: str | None = None,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
        header_row: int | None = None,
        known: Collection[str] = (),
    ) -> Table:
        """Open a table; what is not given is detected. It stays open as long as it is used.

        `member` names a file in a ZIP, `known` headings that the user's own profiles name; a `header_row` of 0
        means that there is none. Raises ImportFileError, whose text is a sentence for the person.
        """
        source: Source = self._file if self._archive is None else self._archive.source(member)
        words = known_headings() | {normalised(word) for word in known}
        opened = _open(source, Path(source.name).suffix.lower(), encoding, delimiter, sheet, words)
        return replace(_table_of(source.name, opened, words, header_row), file=self._file)

    def close(self) -> None:
        """Close the file; its tables can no longer be read."""
        (self._archive or self._file).close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def members_of(path: Path) -> tuple[str, ...]:
    """Return the `member`s of a file: the readable files of a ZIP, one empty name for any other file."""
    if path.suffix.lower() != ".zip":
        return ("",)
    with DonorFile(path) as file:
        return file.members


def table_from_text(
    text: str,
    *,
    name: str = "",
    delimiter: str | None = None,
    header_row: int | None = None,
    known: Collection[str] = (),
) -> Table:
    """Open pasted text, which may have no header, and may be JSON; `name` is what it is called instead."""
    source = BytesSource(name or tr("Pasted text"), text.encode(errors="replace"))
    if not text.strip():
        raise not_taken(tr("There is nothing to paste."), tr("Copy the rows again, with their header if there is one."))
    words = known_headings() | {normalised(word) for word in known}
    ending = ".json" if text.lstrip()[:1] in {"{", "["} else ".txt"
    return _table_of(source.name, _open(source, ending, None, delimiter, None, words), words, header_row)


def _open(
    source: Source,
    ending: str,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    words: Collection[str],
) -> OpenedSource:
    with source.open() as file:
        start = file.read(8)
    if ending in _BOOK | _TEXT and workbook.is_workbook(start):
        return workbook.open_workbook(source, sheet=sheet, known=words)
    if ending in _TEXT or ending == ".xls":
        return delimited.open_delimited(source, encoding=encoding, delimiter=delimiter, known=words)
    if ending in _BOOK:
        return workbook.open_workbook(source, sheet=sheet, known=words)
    if ending in _JSON:
        return webhook.open_webhook(source, encoding=encoding)
    raise not_taken(
        tr("“{name}” isn't a file type that AC Desktop can read.", name=source.name),
        tr("Supported: {endings}, and rows pasted from a spreadsheet.", endings=", ".join(READABLE)),
    )


def _table_of(name: str, opened: OpenedSource, words: Collection[str], header_row: int | None) -> Table:
    if opened.header is not None:
        return _with_sample(Table(name, opened, opened.header, 0))
    first = list(enumerate(islice(opened.grid.cells(), max(_SAMPLE_ROWS, header_row or 0)), 1))
    if max((len(cells) for _, cells in first), default=0) > MOST_COLUMNS:
        raise not_taken(
            tr("“{name}” has more columns than any spreadsheet.", name=name),
            tr("The separator may be wrong. Export the file again with only the donor columns."),
        )
    if header_row is None:
        header_row = find_header(first, words)
    if not 0 <= header_row <= len(first):
        raise not_taken(
            tr("“{name}” has no row {row} that could be its header.", name=name, row=header_row),
            tr("Choose another row."),
        )
    below = [cells for number, cells in first if number > header_row and not is_blank(cells)]
    headings = first[header_row - 1][1] if header_row else ()
    headings = unescaped(headings) if is_report(headings) else headings
    width = full_width(headings, below) if header_row else max(map(len, below), default=0)
    preamble = tuple(TableRow(number, tuple(cells)) for number, cells in first[: max(header_row - 1, 0)])
    return _with_sample(Table(name, opened, named(headings, width), header_row, preamble))


def _with_sample(table: Table) -> Table:
    sample = tuple(islice(table.rows(), _SAMPLE_ROWS))
    if not sample:
        raise not_taken(
            tr("“{name}” has a header, but no donors below it.", name=table.file_name)
            if table.header_row
            else tr("“{name}” contains no donors.", name=table.file_name),
            tr("Choose other dates in the export, or another sheet."),
        )
    return Table(table.file_name, table.opened, table.header, table.header_row, table.preamble, sample)
