"""Writes failed and held rows to a file that a person can correct and drop back in."""

import csv
import os
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ac_desktop.exports.errors import ExportError
from ac_desktop.exports.marks import Mark, escaped
from ac_desktop.model.wording import tr


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A row that needs somebody: the donor, why, who can fix it, and the row as it stood in its file."""

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
        """Give the report's own cells, in the order of its own columns."""
        return [
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
    """Write the rows as CSV that spreadsheets open rightly, and give their number.

    The file appears whole or not at all. Raises ExportError, whose text is a sentence for the person.
    """
    kept = list(rows)
    columns = list(dict.fromkeys(name for row in kept for name in row.original))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _unwritten(path, error) from error
    part = Path(name)
    try:
        with open(handle, "w", encoding="utf-8-sig", newline="") as file:  # noqa: PTH123
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(escaped([*Mark, *columns]))
            writer.writerows(
                escaped([*row.marks(), *(row.original.get(column, "") for column in columns)]) for row in kept
            )
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise _unwritten(path, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return len(kept)


def _unwritten(path: Path, error: OSError) -> ExportError:
    return ExportError(
        tr(
            "The report “{name}” could not be written ({detail}). Close it in other programs, or choose another "
            "folder.",
            name=path.name,
            detail=error.strerror or error,
        )
    )
