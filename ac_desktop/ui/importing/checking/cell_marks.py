"""Which cells of a checked row have to be fixed, and which only have a warning."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from ac_desktop.importing.validation import warnings
from ac_desktop.importing.validation.warnings import WarningCode
from ac_desktop.model.reason_codes import FACTS
from ac_desktop.model.states import RecordState
from ac_desktop.store.queue.records import Record


class CellMark(Enum):
    """What is said about a cell, by the name of its icon."""

    TO_FIX = "held"
    WARNING = "problem"


_FIELDS: Final[Mapping[WarningCode, str]] = MappingProxyType(
    {
        WarningCode.EMAIL_SUGGESTION: "email",
        WarningCode.EMAIL_SEVERAL: "email",
        WarningCode.EMAIL_PEELED: "email",
        WarningCode.PHONE_DAMAGED: "phone",
        WarningCode.PHONE_LENGTH: "phone",
        WarningCode.PHONE_NO_DIGITS: "phone",
        WarningCode.NAME_IS_EMAIL: "first_name",
    }
)


def mark_of(record: Record, field: str) -> CellMark | None:
    """Return the mark of a row's field: it holds the row, or it has a warning and the row is still relayed."""
    if record.state is RecordState.HELD and record.reason is not None:
        about = FACTS[record.reason.code].field
        if about is not None and about.value == field:
            return CellMark.TO_FIX
    found = record.warnings and any(_FIELDS.get(one.code) == field for one in warnings.from_json(record.warnings))
    return CellMark.WARNING if found else None
