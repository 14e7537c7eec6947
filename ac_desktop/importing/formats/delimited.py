"""Delimited text: detected and read row by row, for files of any length."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from typing import Final, TextIO

from ac_desktop.importing.errors import ImportFileError, not_taken
from ac_desktop.importing.formats.encoding import error_handler, examine, not_text, wrongly_encoded
from ac_desktop.importing.formats.source import FileKind, OpenedSource, Source, unreadable
from ac_desktop.importing.profiles.columns import normalised
from ac_desktop.model.wording import tr

DELIMITERS: Final = (",", ";", "\t", "|")
_SAMPLE: Final = 64 * 1024
_SAMPLE_ROWS: Final = 60
_EXCEL_HINT = re.compile(r"^\ufeff?sep=(.)\s*$")


class _Lines:
    """Yields lines, refuses NUL bytes, and keeps the last line."""

    def __init__(self, text: TextIO, name: str) -> None:
        self._text = text
        self._name = name
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            if "\0" in line:
                raise not_text(self._name)
            self.last = line
            yield line


@dataclass(frozen=True, slots=True)
class DelimitedGrid:
    """The rows of a delimited text; a cell of several lines is part of one row.

    `is_clean`: the file is known to hold no NUL bytes.
    """

    source: Source
    encoding: str
    delimiter: str
    skip_hint: bool = False
    is_clean: bool = False

    def cells(self) -> Iterator[Sequence[str]]:
        """Read from the start.

        Raises ImportFileError at an unclosed quote and where the bytes do not fit the encoding.
        """
        try:
            read = 0
            if self.is_clean:
                with self._lines() as text, suppress(csv.Error):
                    for cells in csv.reader(text, delimiter=self.delimiter, strict=True):
                        read += 1
                        yield cells
                    return
            with self._lines() as text:
                yield from islice(self._rows(_Lines(text, self.source.name)), read, None)
        except UnicodeError as error:
            raise wrongly_encoded(self.source.name, self.encoding) from error
        except OSError as error:
            raise unreadable(self.source.name, error) from error

    @contextmanager
    def _lines(self) -> Iterator[TextIO]:
        with _text(self.source, self.encoding) as text:
            if self.skip_hint:
                text.readline()
            yield text

    def _rows(self, lines: _Lines) -> Iterator[Sequence[str]]:
        """Read with each line kept, so that a malformed row can be repaired."""
        reader = csv.reader(iter(lines), delimiter=self.delimiter, strict=True)
        number = line = 0
        while True:
            try:
                for cells in reader:
                    number += 1
                    line = reader.line_num
                    yield cells
            except csv.Error as error:
                number += 1
                yield self._repaired(lines.last, number, reader.line_num - line, error)
                line = reader.line_num
            else:
                return

    def _repaired(self, last: str, number: int, lines: int, error: csv.Error) -> Sequence[str]:
        """Read `"Annie"x` as spreadsheets do, unless a quote may span other rows."""
        if lines == 1 and last.count('"') % 2 == 0:
            try:
                return next(csv.reader([last], delimiter=self.delimiter))
            except csv.Error:
                pass
        raise self._unclosed(number) from error

    def _unclosed(self, number: int) -> ImportFileError:
        return not_taken(
            tr(
                "In “{name}”, a quotation mark in row {row} is never closed, so the rows after it can't be read.",
                name=self.source.name,
                row=number,
            ),
            tr("Correct that row, or export the file again."),
        )


@contextmanager
def _text(source: Source, encoding: str) -> Iterator[TextIO]:
    with (
        source.open() as file,
        io.TextIOWrapper(file, encoding, error_handler(encoding), newline="") as text,
    ):
        yield text


def open_delimited(
    source: Source, *, encoding: str | None = None, delimiter: str | None = None, known: Collection[str] = ()
) -> OpenedSource:
    """Detect encoding and delimiter where they are not given; `known` are normalised headings to look for."""
    facts = examine(source, encoding)
    try:
        with _text(source, facts.encoding) as text:
            sample = text.read(_SAMPLE)
    except UnicodeError as error:
        raise wrongly_encoded(source.name, facts.encoding) from error
    if "\0" in sample:
        raise not_text(source.name)
    if not sample.strip("\ufeff\r\n\t ;,|"):
        raise not_taken(tr("“{name}” contains no rows.", name=source.name), tr("Export it again."))
    _refuse_web_page(source.name, sample)
    hint = _EXCEL_HINT.match(sample.partition("\n")[0])
    found = delimiter or (hint[1] if hint else _delimiter(sample, known))
    if len(found) != 1 or found in '"\r\n':
        raise not_taken(
            tr("“{delimiter}” can't separate cells.", delimiter=found),
            tr("Choose a comma, semicolon, tab or vertical bar."),
        )
    grid = DelimitedGrid(source, facts.encoding, found, skip_hint=hint is not None, is_clean=not facts.nul)
    return OpenedSource(FileKind.DELIMITED, grid, facts.sha256, facts.encoding, found)


def _refuse_web_page(name: str, sample: str) -> None:
    if sample.lstrip("\ufeff \r\n\t")[:15].lower().startswith(("<!doctype", "<html", "<?xml", "%pdf", "{\\rtf")):
        raise not_taken(
            tr("“{name}” isn't a table. It looks like a web page or a document.", name=name),
            tr("Open it in a spreadsheet program and save it as CSV or XLSX."),
        )


def _delimiter(sample: str, known: Collection[str]) -> str:
    """Return the delimiter under which most headings are known, else the one that splits rows most evenly."""
    lines = list(io.StringIO(sample, newline=""))
    if len(sample) >= _SAMPLE and len(lines) > 1:
        lines.pop()
    return max(DELIMITERS, key=lambda candidate: _score(lines, candidate, known))


def _score(lines: list[str], delimiter: str, known: Collection[str]) -> tuple[int, float, int]:
    rows: list[list[str]] = []
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            if any(cells):
                rows.append(cells)
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return (-1, 0.0, 0)
    hits = max((sum(normalised(cell) in known for cell in cells) for cells in rows[:30]), default=0)
    widths = Counter(len(cells) for cells in rows if len(cells) > 1)
    if not widths:
        return (hits, 0.0, 0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (hits, count / len(rows), width)
