"""Why a record is in its state: a stored code with its values, shown as a sentence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ac_desktop.model.reason_codes import ReasonCode
from ac_desktop.model.reason_facts import FACTS
from ac_desktop.model.reason_texts import LABELS, TEXTS, TEXTS_BY_COLUMN
from ac_desktop.model.states import Responsible
from ac_desktop.model.wording import readable_date, source_of, tr, translatable

__all__ = [
    "Reason",
    "ReasonCode",
    "json_around",
    "label",
    "reason",
    "responsible_for",
    "responsible_text",
    "template",
]

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_WHO: Final[Mapping[Responsible, str]] = MappingProxyType(
    {
        Responsible.NOBODY: "",
        Responsible.YOU: translatable("You"),
        Responsible.ADMIN: translatable("Your ActiveCampaign admin"),
        Responsible.YOU_OR_ADMIN: translatable("You, or your ActiveCampaign admin"),
        Responsible.IT: translatable("Your IT team"),
        Responsible.WAIT: translatable("No one. This usually passes."),
    }
)


@dataclass(frozen=True)
class Reason:
    """A reason with the values of its sentence; equal reasons group together.

    A sentence says what happened and promises nothing: whether anything is tried again depends on the states of the
    record and its connection.
    """

    code: ReasonCode
    values: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.values.items()))))

    @property
    def text(self) -> str:
        """The sentence shown to people."""
        values = dict(self.values)
        if "date" in values:
            values["date"] = readable_date(values["date"])
        if "list_id" in values and "list" not in values:
            values["list"] = tr("list {number}", number=values["list_id"])
        if "file" in values:
            values["file"] = source_of(values["file"])
        by_column = TEXTS_BY_COLUMN.get(self.code) if "column" in values else None
        text = by_column or TEXTS[self.code]
        return tr(text, **values)

    @property
    def who(self) -> Responsible:
        """Who can resolve it."""
        return FACTS[self.code].responsible

    def to_json(self) -> str:
        """Return the JSON that is stored."""
        return _encode([self.code.value, dict(self.values)])

    @classmethod
    def from_json(cls, text: str) -> "Reason":
        """Return the reason of a stored JSON text."""
        code, values = json.loads(text)
        return cls(ReasonCode(code), values)


def reason(code: ReasonCode, **values: object) -> Reason:
    """Return a reason; every placeholder of its sentence needs a value."""
    return Reason(code, {name: str(value) for name, value in values.items()})


def json_around(code: ReasonCode, left_open: str, **values: object) -> tuple[str, str]:
    """Return a reason's JSON before and after the value of `left_open`, for SQL that fills it in for each record."""
    before, mark, after = reason(code, **values).to_json().partition(f'"{left_open}":"')
    return before + mark, after


def template(code: ReasonCode) -> str:
    """Return the translated sentence of a reason with its placeholders."""
    return tr(TEXTS[code])


def label(code: ReasonCode) -> str:
    """Return the name of a kind of reason, in the few words of a list."""
    return tr(LABELS[code]) if code in LABELS else code.value.replace("_", " ")


def responsible_for(code: ReasonCode) -> Responsible:
    """Return who can resolve a reason."""
    return FACTS[code].responsible


def responsible_text(who: Responsible) -> str:
    """Return the name of the people who can resolve a reason."""
    return tr(_WHO[who])
