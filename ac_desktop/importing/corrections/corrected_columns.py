"""The columns of a report that is imported again, and what was corrected in its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ac_desktop.importing.corrections.edits import FIELDS
from ac_desktop.importing.corrections.spreadsheet_damage import is_same
from ac_desktop.importing.profiles.fields import RELAYED, Field
from ac_desktop.importing.profiles.headings import distinct, named, normalised
from ac_desktop.importing.profiles.profiles import load_profiles
from ac_desktop.importing.profiles.report_columns import OldReportColumn, ReportColumn, is_own_column

_COLUMNS: Final = dict(
    zip(
        FIELDS,
        (ReportColumn.EMAIL, ReportColumn.FIRST_NAME, ReportColumn.LAST_NAME, ReportColumn.PHONE, ReportColumn.PAGE),
        strict=True,
    )
)
_OLD_COLUMNS: Final = dict(
    zip(
        FIELDS,
        (
            OldReportColumn.EMAIL,
            OldReportColumn.FIRST_NAME,
            OldReportColumn.LAST_NAME,
            OldReportColumn.PHONE,
            OldReportColumn.PAGE,
        ),
        strict=True,
    )
)
_DONOR_FIELDS: Final = (*RELAYED, Field.PAGE, Field.PAGE_NAME)
_DONOR_ATTRIBUTES: Final = {
    Field.EMAIL: "email",
    Field.FIRST_NAME: "first_name",
    Field.LAST_NAME: "last_name",
    Field.PHONE: "phone",
    Field.PAGE: "page",
}


@dataclass(frozen=True, slots=True)
class SourceRowKey:
    """The file, sheet and row that a row of an older report came from."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class ReportColumns:
    """The columns of a report: the mark, where each row came from, and what may be corrected.

    `originals` are the columns of older reports that showed the file's own columns beside the report's.
    """

    mark: int | None
    place: tuple[int | None, int | None, int | None]
    corrected: Mapping[str, int]
    originals: Mapping[str, tuple[int, str]]

    @classmethod
    def of(cls, header: Sequence[str]) -> "ReportColumns":
        """Find the columns by their headings, in whatever order they are."""
        at: dict[str, int] = {}
        for number, heading in enumerate(header):
            at.setdefault(normalised(heading), number)
        mark = at.get(normalised(ReportColumn.MARK))
        names: Mapping[str, str] = _COLUMNS if mark is not None else _OLD_COLUMNS
        corrected = {field: at[normalised(name)] for field, name in names.items() if normalised(name) in at}
        originals: dict[str, tuple[int, str]] = {}
        if mark is None:
            known = donor_headings()
            for number, heading in enumerate(distinct(named(header))):
                field = _DONOR_ATTRIBUTES.get(known.get(normalised(heading), Field.KIND))
                if field is not None and not (is_own_column(heading) and heading.startswith("Relay ")):
                    originals.setdefault(field, (number, heading))
        place = (
            at.get(normalised(ReportColumn.FILE)),
            at.get(normalised(ReportColumn.SHEET)),
            at.get(normalised(ReportColumn.ROW)),
        )
        return cls(mark, place, corrected, originals)

    def source_row_key(self, cells: Sequence[str]) -> SourceRowKey | None:
        """Return the source row of a row; None where it names none."""
        file, sheet, row = (_cell(cells, at).strip() for at in self.place)
        try:
            return SourceRowKey(file, sheet, int(float(row))) if file else None
        except (ValueError, OverflowError):
            return None

    def changes(
        self, cells: Sequence[str], kept: Mapping[str, str], original: Mapping[str, str]
    ) -> Mapping[str, str] | None:
        """Return the fields that a row corrects; None where two of its columns correct one field differently.

        `kept` is the donor as the report showed it, `original` the row of its file under its headings.
        """
        changed = {
            field: cell for field, at in self.corrected.items() if not is_same(cell := _cell(cells, at), kept[field])
        }
        for field, (at, heading) in self.originals.items():
            cell = _cell(cells, at)
            if heading not in original or is_same(cell, original[heading]) or is_same(cell, kept[field]):
                continue
            if not is_same(cell, changed.setdefault(field, cell)):
                return None
        return changed


def donor_headings() -> Mapping[str, Field]:
    """Return the headings under which files name what the columns of a report correct, each with its field."""
    return {
        heading: field
        for profile in reversed(load_profiles())
        for field in _DONOR_FIELDS
        for heading in profile.columns.get(field, ())
    }


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""
