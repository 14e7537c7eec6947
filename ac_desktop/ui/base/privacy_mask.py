"""The privacy mask: names, addresses and phone numbers are masked while others see the screen."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ac_desktop.importing.validation.warnings import DonorWarning
from ac_desktop.model.donor import Donor
from ac_desktop.model.reasons import Reason
from ac_desktop.store.queue.records import Record

DOTS: Final = "•••"
SHORTEST_NAME: Final = 3
_ADDRESS = re.compile(r"[^\s\"'“”<>(),;:=|]+@[^\s\"'“”<>(),;|]*")
_FIELDS = re.compile(
    r'("(?:email|phone|firstName|lastName|first_name|last_name|fullName|name)"\s*:\s*")((?:[^"\\]|\\.)*)"'
)
_is_masked: Final = [False]


def set_masked(*, on: bool) -> None:
    """Switch the mask on or off."""
    _is_masked[0] = on


def is_masked() -> bool:
    """Whether names and addresses are masked."""
    return _is_masked[0]


def mask_word(text: str) -> str:
    """Return a name, a phone number or a cell masked except for its first character."""
    return f"{text[0]}{DOTS}" if _is_masked[0] and text.strip() else text


def mask_text(text: str) -> str:
    """Return a text with every address masked, and every payload field that names a person."""
    if not _is_masked[0]:
        return text
    text = _FIELDS.sub(lambda found: f'{found[1]}{_first_character(found[2])}{DOTS}"' if found[2] else found[0], text)
    return _ADDRESS.sub(lambda found: f"{found[0][0]}{DOTS}@{DOTS}", text)


def mask_donor_values(text: str, donor: Donor | None) -> str:
    """Return a text with a donor's own values masked too, wherever they occur."""
    if not _is_masked[0]:
        return text
    if donor is not None:
        for value in (donor.email, donor.phone, f"{donor.first_name} {donor.last_name}".strip()):
            if len(value) >= SHORTEST_NAME:
                text = text.replace(value, mask_word(value) if "@" not in value else mask_text(value))
        for name in (donor.first_name, donor.last_name):
            if name:
                text = re.sub(rf"\b{re.escape(name)}\b", mask_word(name), text)
    return mask_text(text)


def masked_record(record: Record) -> Record:
    """Return a record as it may be shown."""
    if not _is_masked[0]:
        return record
    reason = Reason(record.reason.code, _masked_values(record.reason.values)) if record.reason else None
    return replace(record, donor=masked_donor(record.donor), reason=reason)


def masked_donor(donor: Donor) -> Donor:
    """Return a donor as he or she may be shown."""
    return replace(
        donor,
        email=mask_text(donor.email) if "@" in donor.email else mask_word(donor.email),
        first_name=mask_word(donor.first_name),
        last_name=mask_word(donor.last_name),
        phone=mask_word(donor.phone),
    )


def reason_text(reason: Reason) -> str:
    """Return a reason's sentence without naming anybody."""
    return Reason(reason.code, _masked_values(reason.values)).text if _is_masked[0] else reason.text


def warning_text(warning: DonorWarning) -> str:
    """Return a warning's sentence; every value in it is the donor's own and is masked."""
    return replace(warning, values={name: mask_word(value) for name, value in warning.values.items()}).text


def _masked_values(values: Mapping[str, str]) -> dict[str, str]:
    return {name: mask_word(value) if name == "email" else mask_text(value) for name, value in values.items()}


def _first_character(value: str) -> str:
    return "" if value.startswith("\\") else value[0]
