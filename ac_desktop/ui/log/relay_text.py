"""A relay in the integration page's four blocks, as text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ac_desktop.model.attempts import StepLog, StoredAttempt
from ac_desktop.model.connection import Connection
from ac_desktop.model.outside import parsed
from ac_desktop.model.payload import ContactPayload, JsonObject, ListPayload
from ac_desktop.model.relay_texts import attempt_owner
from ac_desktop.model.states import Outcome
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.decisions import DecisionRecord
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting
from ac_desktop.ui.log.lines import GOOD_STATUS, Mask, decision_text, step_word

NO_HEADERS = "{}"
"""The integration page shows none, as the key is one of them."""
NOT_KNOWN_YET = "…"
MOST_GROWTH: Final = 8
"""How much longer indenting may make JSON."""


@dataclass(frozen=True)
class StepText:
    """One request of an attempt as it was made, with its response."""

    title: str
    request: str
    response: str
    raw_response: str
    headers: str
    status: str
    is_good: bool


@dataclass(frozen=True)
class RelayText:
    """The four blocks, and who is relayed."""

    owner: str
    request_body: str
    response_body: str = ""
    response_status: str = ""
    request_headers: str = NO_HEADERS
    steps: tuple[StepText, ...] = field(default=())
    raw_response: str = ""
    is_good: bool = False
    duration_ms: int = 0


def of_attempt(attempt: StoredAttempt, mask: Mask) -> RelayText:
    """Show an attempt; the response is the list step's where it was reached, else the last answer."""
    last = _last(attempt)
    status = ""
    body = ""
    if last is not None:
        status = _status_text(last)
        body = _response_text(last, mask)
    bulk = attempt.bulk_payload
    return RelayText(
        attempt_owner(attempt),
        mask(_bulk_json(bulk) if bulk else pair(attempt.contact_payload, attempt.list_payload)),
        body,
        status,
        steps=tuple(_step_text(at, step, mask) for at, step in enumerate(attempt.steps, 1)),
        raw_response=mask(last.response) if last is not None else "",
        is_good=last is not None and last.status in GOOD_STATUS,
        duration_ms=attempt.duration_ms,
    )


def timeline(attempts: Sequence[StoredAttempt], decisions: Sequence[DecisionRecord], mask: Mask) -> str:
    """Return every attempt and decision of a record in order.

    Of an attempt: when, each request with its answer and its duration, and the outcome.
    """
    parts = [(attempt.started_at, _attempt_text(number, attempt, mask)) for number, attempt in enumerate(attempts, 1)]
    parts += [(kept.at, _decision_text(kept, mask)) for kept in decisions]
    return "\n\n".join(text for _, text in sorted(parts, key=lambda one: one[0]))


def _decision_text(kept: DecisionRecord, mask: Mask) -> str:
    who = kept.who or tr("someone")
    sentence = mask(decision_text(kept.decision, 1, who, kept.why))
    return tr("Decision, {when}", when=formatting.exact(kept.at)) + f"\n    {sentence}"


def _attempt_text(number: int, attempt: StoredAttempt, mask: Mask) -> str:
    head = tr(
        "Attempt {number}, {when}, {ms} ms",
        number=number,
        when=formatting.exact(attempt.started_at),
        ms=attempt.duration_ms,
    )
    lines = [head, *(f"    {_step_title(at, step)}" for at, step in enumerate(attempt.steps, 1))]
    if attempt.reason is not None:
        lines.append("    " + mask(attempt.reason.text))
    elif attempt.outcome is Outcome.SENT:
        lines.append("    " + tr("Added to the list."))
    return "\n".join(lines)


def of_record(record: Record, connection: Connection, mask: Mask) -> RelayText:
    """Return what will be sent for a record that has no attempt yet."""
    contact = ContactPayload.of(record.donor).body()
    list_ = ListPayload(connection.settings.list_id, record.contact_id or NOT_KNOWN_YET).body()
    return RelayText(record.donor.email, mask(pair(contact, list_)))


def pair(contact_payload: JsonObject, list_payload: JsonObject | None) -> str:
    """Return the pair of payloads in the integration page's order and names."""
    return _json({"list_payload": list_payload, "contact_payload": contact_payload})


def _bulk_json(payload: JsonObject) -> str:
    """Write a bulk request's payload with one contact a line, as it has up to 250."""
    contacts = payload.get("contacts")
    if not isinstance(contacts, list):
        return _json(payload)
    lines = ",\n".join(f"    {json.dumps(contact, ensure_ascii=False)}" for contact in contacts)
    return f'{{\n  "contacts": [\n{lines}\n  ]\n}}'


def pretty(text: str) -> str:
    """Indent JSON; any other text stays unchanged, and so does JSON so deep that indents would be most of it."""
    try:
        indented = _json(parsed(text))
    except ValueError:
        return text
    return indented if len(indented) <= MOST_GROWTH * len(text) else text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _last(attempt: StoredAttempt) -> StepLog | None:
    of_list = [step for step in attempt.steps if step.step == "list"]
    steps = of_list or list(attempt.steps)
    return steps[-1] if steps else None


def _step_title(at: int, step: StepLog) -> str:
    status = _status_text(step)
    return tr(
        "{number}. {step}: {method} {path} → {status}, {ms} ms",
        number=at,
        step=step_word(step),
        method=step.method,
        path=step.path,
        status=status,
        ms=step.duration_ms,
    )


def _step_text(number: int, step: StepLog, mask: Mask) -> StepText:
    request = ""
    if step.request is not None:
        request = _bulk_json(step.request) if step.step == "bulk" else _json(step.request)
    return StepText(
        title=_step_title(number, step),
        request=mask(request),
        response=_response_text(step, mask),
        raw_response=mask(step.response),
        headers=mask("\n".join(f"{name}: {value}" for name, value in step.headers)),
        status=_status_text(step),
        is_good=step.status in GOOD_STATUS,
    )


def _status_text(step: StepLog) -> str:
    return str(step.status) if step.status is not None else tr("no response")


def _response_text(step: StepLog, mask: Mask) -> str:
    body = mask(pretty(step.response) or step.trouble or tr("(empty)"))
    if step.cut:
        body += "\n" + tr("(The response was longer. The rest wasn't saved.)")
    return body
