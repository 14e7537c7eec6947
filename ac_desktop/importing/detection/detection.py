"""What was detected about a table: its service, its columns, the evidence, and the questions that are left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from enum import StrEnum
from typing import Final

from ac_desktop.importing.detection.status_columns import RowRule, StatusColumns
from ac_desktop.importing.profiles.columns import Field
from ac_desktop.importing.profiles.profiles import ExportProfile
from ac_desktop.importing.values.dates import DateOrder


class ImportQuestion(StrEnum):
    """A question that a person may be asked about a file."""

    EMAIL_COLUMN = "email column"
    NAME_SPLIT = "name split"
    BY_CONTENT = "by content"
    DATE_ORDER = "date order"
    DATE_UNREAD = "date unread"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question with its sentence, the columns that could be the answer, and the one that probably is."""

    kind: ImportQuestion
    text: str
    candidates: tuple[str, ...] = ()
    proposed: str = ""


_ASKED: Final = frozenset(
    {ImportQuestion.EMAIL_COLUMN, ImportQuestion.NAME_SPLIT, ImportQuestion.BY_CONTENT, ImportQuestion.DATE_ORDER}
)


def asked_questions(questions: Iterable[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    """Return the questions that a person has to answer; the others are only shown."""
    return tuple(one for one in questions if one.kind in _ASKED)


@dataclass(frozen=True, slots=True)
class OtherEmail:
    """A column of e-mail addresses, and the one that marks them as bad (-1 where there is none)."""

    column: int
    bad_mark: int = -1


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A rule for rows to leave out, with the column it reads."""

    column: int
    rule: RowRule
    heading: str


@dataclass(frozen=True, slots=True)
class Detection:
    """Which column is which field, and how that is known."""

    profile: ExportProfile
    columns: Mapping[Field, int]
    evidence: tuple[str, ...]
    open_questions: tuple[OpenQuestion, ...]
    not_relayed: tuple[str, ...]
    fingerprint: str
    leave_out: tuple[BoundRule, ...] = ()
    statuses: StatusColumns = default(default_factory=StatusColumns)
    emails: tuple[OtherEmail, ...] = ()
    date_order: DateOrder = DateOrder.UNKNOWN

    @property
    def name(self) -> str:
        """The name of the profile."""
        return self.profile.name

    @property
    def label(self) -> str:
        """The name of the service as people know it."""
        return self.profile.label
