"""Warnings about a donor that do not prevent the relay."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ac_desktop.model.donor import PhoneProblem
from ac_desktop.model.wording import tr, translatable


class WarningCode(StrEnum):
    """Every warning that a row can have."""

    PHONE_DAMAGED = "phone_damaged"
    PHONE_LENGTH = "phone_length"
    PHONE_NO_DIGITS = "phone_no_digits"
    EMAIL_SUGGESTION = "email_suggestion"
    EMAIL_SEVERAL = "email_several"
    EMAIL_PEELED = "email_peeled"
    NAME_IS_EMAIL = "name_is_email"
    DO_NOT_CONTACT = "do_not_contact"


BY_TROUBLE: Final[Mapping[PhoneProblem, WarningCode]] = MappingProxyType(
    {
        PhoneProblem.DAMAGED: WarningCode.PHONE_DAMAGED,
        PhoneProblem.LENGTH: WarningCode.PHONE_LENGTH,
        PhoneProblem.NO_DIGITS: WarningCode.PHONE_NO_DIGITS,
    }
)

_TEXTS: Final[Mapping[WarningCode, str]] = MappingProxyType(
    {
        WarningCode.PHONE_DAMAGED: translatable(
            "The phone number shows as {phone} because a spreadsheet shortened it. It will be left out. The rest "
            "of the row can be sent."
        ),
        WarningCode.PHONE_LENGTH: translatable("The phone number {phone} has fewer than 7 or more than 15 digits."),
        WarningCode.PHONE_NO_DIGITS: translatable("“{phone}” isn't a phone number. It will be left out."),
        WarningCode.EMAIL_SUGGESTION: translatable("Did you mean {suggestion} instead of {email}?"),
        WarningCode.EMAIL_SEVERAL: translatable("The cell has several email addresses. {email} is used."),
        WarningCode.EMAIL_PEELED: translatable("Only {email} is used from “{cell}”."),
        WarningCode.NAME_IS_EMAIL: translatable("The name “{name}” is an email address. It will be left out."),
        WarningCode.DO_NOT_CONTACT: translatable("The file marks this person as “do not contact”."),
    }
)


@dataclass(frozen=True, slots=True)
class DonorWarning:
    """A warning with the values its sentence names."""

    code: WarningCode
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence a person reads."""
        return tr(_TEXTS[self.code], **self.values)


def to_json(warnings: Iterable[DonorWarning]) -> str | None:
    """Return warnings as they are stored; None where there are none."""
    items = [[one.code.value, dict(one.values)] for one in warnings]
    return json.dumps(items, ensure_ascii=False, separators=(",", ":")) if items else None


def from_json(text: str) -> tuple[DonorWarning, ...]:
    """Parse what `to_json` returned."""
    return tuple(DonorWarning(WarningCode(code), values) for code, values in json.loads(text)) if text else ()


def warning(code: WarningCode, **values: str) -> DonorWarning:
    """Return a warning; each value its sentence names must be given."""
    return DonorWarning(code, values)
