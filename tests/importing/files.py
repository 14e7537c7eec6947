"""Makes donor files of made-up people and takes them through table, recognise and check."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ac_desktop.importing.detection.detect import detect
from ac_desktop.importing.detection.detection import Detection
from ac_desktop.importing.formats.table import DonorFile, Table, table_from_text
from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.validation.table_validator import TableValidator, ValidatedRow, validate_table
from ac_desktop.model.donor import PhoneStyle
from ac_desktop.model.scope import Scope
from ac_desktop.model.states import RecordState

HEADERS = Path(__file__).parent / "headers"


def open_table(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    member: str | None = None,
) -> Table:
    """Open a donor file; what is not given is detected."""
    return DonorFile(path).table(member, encoding=encoding, delimiter=delimiter, sheet=sheet, header_row=header_row)


def header(name: str) -> list[str]:
    """Return a service's header, verbatim."""
    with (HEADERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def text_of(rows: Iterable[Sequence[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def under(names: Sequence[str], *records: Mapping[str, str]) -> list[list[str]]:
    """Lay records out under a header, which comes first."""
    for record in records:
        assert set(record) <= set(names), set(record) - set(names)
    return [list(names), *([record.get(name, "") for name in names] for record in records)]


def write(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    path.write_bytes(text_of(rows, delimiter).encode(encoding))
    return path


@dataclass(frozen=True)
class Taken:
    """A file after the whole way."""

    table: Table
    recognition: Detection
    check: TableValidator
    rows: tuple[ValidatedRow, ...]

    @property
    def waiting(self) -> list[str]:
        return [row.donor.email for row in self.rows if row.state is RecordState.WAITING]

    def at(self, number: int) -> ValidatedRow:
        return next(row for row in self.rows if row.row == number)

    def code(self, number: int) -> str:
        why = self.at(number).reason
        return why.code.value if why else ""


def take(
    source: Path | str,
    *,
    scope: Scope | None = None,
    style: PhoneStyle = PhoneStyle.DIGITS,
    overrides: Mapping[Field, str] | None = None,
    page: str = "",
    team: str = "",
    member: str | None = None,
) -> Taken:
    table = table_from_text(source) if isinstance(source, str) else open_table(source, member=member)
    recognition = detect(table, load_profiles(), overrides)
    checked = validate_table(table, recognition, scope=scope or Scope(), phone_style=style, page=page, team=team)
    return Taken(table, recognition, checked, tuple(checked.settled()))
