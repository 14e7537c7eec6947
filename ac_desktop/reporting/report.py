"""Writes records to a CSV file that a person can correct and import again."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ac_desktop.importing.errors import ImportFileError
from ac_desktop.importing.profiles.report_columns import ReportColumn, escaped
from ac_desktop.model.wording import tr
from ac_desktop.platform.long_paths import reachable
from ac_desktop.platform.private_files import replacing


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A row of a report: its mark, the donor to correct, the reason, who can fix it, and the original row."""

    mark: str = ""
    file: str = ""
    sheet: str = ""
    row: int = 0
    state: str = ""
    reason: str = ""
    who: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    page: str = ""
    contact_id: str = ""
    status: str = ""
    response: str = ""
    original: Mapping[str, str] = field(default_factory=dict)

    def marks(self) -> list[str]:
        """Return the report's own cells, in the order of its own columns."""
        return [
            self.mark,
            self.file,
            self.sheet,
            str(self.row or ""),
            self.state,
            self.reason,
            self.who,
            self.email,
            self.first_name,
            self.last_name,
            self.phone,
            self.page,
            self.contact_id,
            self.status,
            self.response,
        ]


def write_report(path: Path, rows: Iterable[ReportRow]) -> int:
    """Write the rows as CSV in the encoding that spreadsheets expect, and return their number.

    One row is in memory at a time. The file is written atomically. Raises ImportFileError, whose text is a
    sentence for the person.
    """
    path = reachable(path)
    try:
        with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=path.parent) as spool:
            columns, number = _spool(spool, rows)
            spool.seek(0)
            _write(path, [*ReportColumn, *columns], map(json.loads, spool))
    except OSError as error:
        raise _unwritten(path, error) from error
    return number


def _spool(spool: IO[str], rows: Iterable[ReportRow]) -> tuple[list[str], int]:
    """Spool the rows to disk until all their columns are known; returns the columns in the order of appearance."""
    places: dict[str, int] = {}
    number = 0
    for row in rows:
        number += 1
        for name in row.original:
            places.setdefault(name, len(places))
        cells = [*row.marks(), *(row.original.get(name, "") for name in places)]
        spool.write(json.dumps(cells) + "\n")
    return list(places), number


def _write(path: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(escaped(header))
        writer.writerows(escaped([*row, *[""] * (len(header) - len(row))]) for row in rows)
        text.detach()


def _unwritten(path: Path, error: OSError) -> ImportFileError:
    return ImportFileError(
        tr(
            "The report “{name}” couldn't be saved ({detail}). Close it in other programs, or choose another folder.",
            name=path.name,
            detail=error.strerror or error,
        )
    )
