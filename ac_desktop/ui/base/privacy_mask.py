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
_down: Final = [False]


def lower(*, down: bool) -> None:
    """Switch the mask on or off."""
    _down[0] = down


def is_down() -> bool:
    """Whether names and addresses are masked."""
    return _down[0]


def word(text: str) -> str:
    """Return a name, a phone number or a cell masked except for its first character."""
    return f"{text[0]}{DOTS}" if _down[0] and text.strip() else text


def text(said: str) -> str:
    """Return a text with every address masked, and every payload field that names a person."""
    if not _down[0]:
        return said
    said = _FIELDS.sub(lambda found: f'{found[1]}{_first(found[2])}{DOTS}"' if found[2] else found[0], said)
    return _ADDRESS.sub(lambda found: f"{found[0][0]}{DOTS}@{DOTS}", said)


def of_donor(said: str, donor: Donor | None) -> str:
    """Return a text with a donor's own values masked too, wherever they occur."""
    if not _down[0]:
        return said
    if donor is not None:
        for value in (donor.email, donor.phone, f"{donor.first_name} {donor.last_name}".strip()):
            if len(value) >= SHORTEST_NAME:
                said = said.replace(value, word(value) if "@" not in value else text(value))
        for name in (donor.first_name, donor.last_name):
            if name:
                said = re.sub(rf"\b{re.escape(name)}\b", word(name), said)
    return text(said)


def over(record: Record) -> Record:
    """Return a record as it may be shown."""
    if not _down[0]:
        return record
    reason = Reason(record.reason.code, _values(record.reason.values)) if record.reason else None
    return replace(record, donor=masked(record.donor), reason=reason)


def masked(donor: Donor) -> Donor:
    """Return a donor as he or she may be shown."""
    return replace(
        donor,
        email=text(donor.email) if "@" in donor.email else word(donor.email),
        first_name=word(donor.first_name),
        last_name=word(donor.last_name),
        phone=word(donor.phone),
    )


def reason_text(reason: Reason) -> str:
    """Return a reason's sentence without naming anybody."""
    return Reason(reason.code, _values(reason.values)).text if _down[0] else reason.text


def warning_text(warning: DonorWarning) -> str:
    """Return a warning's sentence; every value in it is the donor's own and is masked."""
    return replace(warning, values={name: word(value) for name, value in warning.values.items()}).text


def _values(values: Mapping[str, str]) -> dict[str, str]:
    return {name: word(value) if name == "email" else text(value) for name, value in values.items()}


def _first(value: str) -> str:
    return "" if value.startswith("\\") else value[0]
