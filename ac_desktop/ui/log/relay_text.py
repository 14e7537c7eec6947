"""A relay in the integration page's four blocks, as text."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ac_desktop.model.attempts import StepLog, StoredAttempt
from ac_desktop.model.connection import Connection
from ac_desktop.model.outside import parsed
from ac_desktop.model.payload import ContactPayload, JsonObject, ListPayload
from ac_desktop.model.states import Outcome, RecordState
from ac_desktop.model.wording import tr
from ac_desktop.store.queue.decisions import DecisionRecord
from ac_desktop.store.queue.records import Record
from ac_desktop.ui.base import formatting
from ac_desktop.ui.log.lines import Mask, attempt_owner, decision_text, step_word

NO_HEADERS = "{}"
"""The integration page shows none, as the key is one of them."""
NOT_KNOWN_YET = "…"
MOST_GROWTH: Final = 8
"""How much longer indenting may make JSON."""
SUPPORT_HEADERS: Final = frozenset({"x-request-id", "cf-ray", "request-id", "x-amzn-requestid"})


@dataclass(frozen=True)
class RelayText:
    """The four blocks, with a line above them that explains them."""

    title: str
    request_body: str
    response_body: str = ""
    response_status: str = ""
    request_headers: str = NO_HEADERS
    steps: tuple[tuple[str, str], ...] = field(default=())
    raw_response: str = ""
    support: str = ""


def of_attempt(attempt: StoredAttempt, mask: Mask) -> RelayText:
    """Show an attempt; the response is the list step's where it was reached, else the last answer."""
    last = _last(attempt)
    status = ""
    body = ""
    if last is not None:
        status = str(last.status) if last.status is not None else tr("no response")
        body = mask(pretty(last.response) or last.trouble or tr("(empty)"))
        if last.cut:
            body += "\n" + tr("(The response was longer. The rest wasn't saved.)")
    title = tr("{email}, {when}", email=attempt_owner(attempt), when=formatting.exact(attempt.started_at))
    bulk = attempt.bulk_payload
    return RelayText(
        title,
        mask(_bulk_json(bulk) if bulk else pair(attempt.contact_payload, attempt.list_payload)),
        body,
        status,
        steps=tuple((_step_title(at, step), mask(_step_text(step))) for at, step in enumerate(attempt.steps, 1)),
        raw_response=mask(last.response) if last is not None else "",
        support=mask(_support_text(last)) if last is not None else "",
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


def _support_text(step: StepLog) -> str:
    """Return what support asks for: the identifiers by which ActiveCampaign finds this request."""
    return "   ".join(f"{name}: {value}" for name, value in step.headers if name.lower() in SUPPORT_HEADERS)


def of_record(record: Record, connection: Connection, mask: Mask) -> RelayText:
    """Return what will be sent for a record that has no attempt yet."""
    contact = ContactPayload.of(record.donor).body()
    list_ = ListPayload(connection.settings.list_id, record.contact_id or NOT_KNOWN_YET).body()
    return RelayText(_unsent_title(record.state).format(email=record.donor.email), mask(pair(contact, list_)))


def _unsent_title(state: RecordState) -> str:
    match state:
        case RecordState.SKIPPED:
            return tr("{email} is skipped, so nothing is sent. A relay would send:")
        case RecordState.HELD:
            return tr("{email} is held, so nothing is sent. A relay would send:")
        case _:
            return tr("{email} isn't sent yet. A relay will send:")


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
    status = tr("no response") if step.status is None else str(step.status)
    return tr(
        "{number}. {step}: {method} {path} → {status}, {ms} ms",
        number=at,
        step=step_word(step),
        method=step.method,
        path=step.path,
        status=status,
        ms=step.duration_ms,
    )


def _step_text(step: StepLog) -> str:
    blocks = []
    if step.request is not None:
        body = _bulk_json(step.request) if step.step == "bulk" else _json(step.request)
        blocks += [tr("Request body"), body]
    if step.headers:
        blocks += [
            tr("Response headers"),
            "\n".join(f"{name}: {value}" for name, value in step.headers),
        ]
    blocks += [
        tr("Response body"),
        pretty(step.response) or step.trouble or tr("(empty)"),
    ]
    return "\n".join(blocks)
