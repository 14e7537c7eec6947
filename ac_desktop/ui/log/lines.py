"""Attempts and events as lines of the log."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from ac_desktop.model.attempts import StepLog, StoredAttempt
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.reasons import Reason
from ac_desktop.model.relay_texts import attempt_owner, step_name
from ac_desktop.model.states import Decision, Outcome
from ac_desktop.model.wording import escape_control_characters, source_name, tr
from ac_desktop.store.history.history import Event, EventKind
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import Tone

Mask = Callable[[str], str]
GOOD_STATUS = range(200, 300)


class LogLevel(Enum):
    """What kind of line it is."""

    STATUS = "status"
    REQUEST = "request"
    RESPONSE = "response"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line: when, of what kind, what it says, and whose it is; `step` is the place of a request in its attempt."""

    at: float
    level: LogLevel
    text: str
    donor: str = ""
    record_id: int = 0
    attempt_id: int = 0
    step: int | None = None


def level_label(level: LogLevel) -> StateLabel:
    """Return a level's label: icon, word and tone."""
    match level:
        case LogLevel.STATUS:
            return StateLabel(tr("Status"), "status", Tone.QUIET)
        case LogLevel.REQUEST:
            return StateLabel(tr("Request"), "sent-line", Tone.NOTE)
        case LogLevel.RESPONSE:
            return StateLabel(tr("Response"), "answer-line", Tone.GOOD)
        case LogLevel.PROBLEM:
            return StateLabel(tr("Problem"), "problem", Tone.PROBLEM)


def lines_in_order(attempts: Sequence[StoredAttempt], events: Sequence[Event], mask: Mask) -> list[LogLine]:
    """Return attempts and events in order; an event is placed behind the attempt it belongs to."""
    lines: list[LogLine] = []
    left = list(events)
    for attempt in attempts:
        while left and left[0].after_attempt < attempt.id:
            lines.append(_behind(lines, left[0], mask))
            left.pop(0)
        lines.extend(attempt_lines(attempt, mask))
    for event in left:
        lines.append(_behind(lines, event, mask))
    return lines


def _behind(lines: Sequence[LogLine], event: Event, mask: Mask) -> LogLine:
    """Return an event's line, not before the end of the attempt it belongs to, which is known to the millisecond."""
    line = event_line(event, mask)
    if lines and lines[-1].attempt_id == event.after_attempt:
        return replace(line, at=max(line.at, lines[-1].at))
    return line


def attempt_lines(attempt: StoredAttempt, mask: Mask) -> Iterator[LogLine]:
    """Return an attempt's lines: each request, its response, and the outcome."""
    at = attempt.started_at
    for number, step in enumerate(attempt.steps):
        yield _line(attempt, at, LogLevel.REQUEST, _request_text(step), mask, number)
        at += step.duration_ms / 1000
        yield _line(attempt, at, _response_level(step), _response_text(step), mask, number)
    end = max(at, attempt.started_at + attempt.duration_ms / 1000)
    level = LogLevel.STATUS if attempt.outcome in {Outcome.SENT, Outcome.TAKEN} else LogLevel.PROBLEM
    yield _line(attempt, end, level, _end_text(attempt), mask)


def event_line(event: Event, mask: Mask) -> LogLine:
    """Return the line of a change of the connection: what, when and who."""
    level = LogLevel.PROBLEM if event.kind is EventKind.DEACTIVATED else LogLevel.STATUS
    attempt_id = event.after_attempt if event.kind is EventKind.DEACTIVATED else 0
    return LogLine(
        at=event.at,
        level=level,
        text=mask(escape_control_characters(_event_text(event))),
        donor=event.email,
        record_id=event.record_id,
        attempt_id=attempt_id,
    )


def _line(
    attempt: StoredAttempt, at: float, level: LogLevel, text: str, mask: Mask, step: int | None = None
) -> LogLine:
    return LogLine(
        at=at,
        level=level,
        text=mask(escape_control_characters(text)),
        donor=attempt_owner(attempt),
        record_id=attempt.record_id,
        attempt_id=attempt.id,
        step=step,
    )


def step_word(step: StepLog) -> str:
    """Return a step's name for a person."""
    return step_name(step.step)


def _request_text(step: StepLog) -> str:
    return tr("{method} {path} ({step} step)", method=step.method, path=step.path, step=step_word(step))


def _response_level(step: StepLog) -> LogLevel:
    return LogLevel.RESPONSE if step.status in GOOD_STATUS else LogLevel.PROBLEM


def _response_text(step: StepLog) -> str:
    if step.status is None:
        return tr("No response after {ms} ms: {trouble}", ms=step.duration_ms, trouble=step.trouble)
    return tr("{status} after {ms} ms", status=step.status, ms=step.duration_ms)


def _end_text(attempt: StoredAttempt) -> str:
    why = attempt.reason.text if attempt.reason else ""
    if attempt.outcome is Outcome.SENT:
        return why or tr("Added to the list.")
    if attempt.outcome is Outcome.TAKEN:
        return why
    if attempt.outcome is Outcome.HELD:
        return tr("Held: {reason}", reason=why)
    sentence = tr("Failed, {streak} in a row: {reason}", streak=attempt.streak, reason=why)
    if attempt.outcome is Outcome.WAITING:
        sentence += tr(" The donor stays in the queue.")
    return sentence


def _event_text(event: Event) -> str:
    who = event.who or tr("someone")
    match event.kind:
        case EventKind.DEACTIVATED:
            return _deactivated_text(event, who)
        case EventKind.DECIDED:
            number = int(event.details.get("records", "1"))
            return decision_text(Decision(event.details["decision"]), number, who, event.details.get("why", ""))
        case EventKind.QUEUED if "account" not in event.details:
            return _queued_text(event.details, who)
        case EventKind.READ_BACK:
            return _read_back_text(event)
        case EventKind.WITHDRAWN:
            return _withdrawn_text(event.details, who)
        case EventKind.PUSHED if event.details.get("records", "").isdecimal():
            return _pushed_text(int(event.details["records"]), who)
        case kind if kind in _CHANGES:
            return _change_text(kind, event.details, who)
        case EventKind.AUTOMATIC_ON | EventKind.AUTOMATIC_OFF:
            return _switch_text(who, is_on=event.kind is EventKind.AUTOMATIC_ON)
        case _:
            # Earlier versions kept sentences of queued and pushed records: they are shown as they are.
            sentence = _event_sentence(event.kind).format(who=who, kind=event.kind.value)
            return f"{sentence} {', '.join(event.details.values())}".rstrip()


def _switch_text(who: str, *, is_on: bool) -> str:
    if is_on:
        return tr("Automatic relay turned on by {who}.", who=who)
    return tr("Automatic relay turned off by {who}.", who=who)


def _event_sentence(kind: EventKind) -> str:
    """Return the text of an event before its details."""
    match kind:
        case EventKind.CREATED:
            return tr("Connection created by {who}.")
        case EventKind.CHANGED:
            return tr("Connection changed by {who}.")
        case EventKind.PAUSED:
            return tr("Paused by {who}.")
        case EventKind.RESUMED:
            return tr("Resumed by {who}.")
        case EventKind.REACTIVATED:
            return tr("Reactivated by {who}.")
        case EventKind.QUEUED:
            return tr("Queued by {who}:")
        case EventKind.ERASED:
            return tr("A person was erased by {who}. Erasure record:")
        case _:
            return tr("{kind} by {who}.")


def _withdrawn_text(details: Mapping[str, str], who: str) -> str:
    return tr(
        "Removed from the queue by {who}: {donors} of {file}.",
        who=who,
        donors=formatting.donors(int(details.get("rows", "0"))),
        file=source_name(details.get("kind", "file"), details.get("file", "")),
    )


_CHANGES: Final = frozenset(
    {
        EventKind.RETRIED,
        EventKind.HELD,
        EventKind.RELEASED,
        EventKind.REMOVED,
        EventKind.RESTORED,
        EventKind.SPEED,
        EventKind.EMPTIED,
        EventKind.MOVED,
        EventKind.DISCARDED,
    }
)


def _change_text(kind: EventKind, details: Mapping[str, str], who: str) -> str:
    """Return a change in words: what and who, and of how many donors."""
    values = {
        "who": who,
        "donors": formatting.donors(int(details.get("records", "0"))),
        "speed": details.get("speed", ""),
        "emptied": formatting.count(int(details.get("donors", "0"))),
        "attempts": formatting.count(int(details.get("attempts", "0"))),
        "connection": details.get("connection", ""),
    }
    match kind:
        case EventKind.RETRIED:
            text = tr("Retried by {who}: {donors}.")
        case EventKind.HELD:
            text = tr("Put on hold by {who}: {donors}.")
        case EventKind.RELEASED:
            text = tr("Released by {who}: {donors}.")
        case EventKind.REMOVED:
            text = tr("Removed from the queue by {who}: {donors}.")
        case EventKind.RESTORED:
            text = tr("Restored by {who}: {donors}.")
        case EventKind.MOVED:
            text = tr("Moved here by {who}: {donors}.")
        case EventKind.DISCARDED:
            text = tr("Typed for “{connection}” without reaching the office, and discarded by {who}: {donors}.")
        case EventKind.SPEED:
            text = tr("Speed set by {who}: {speed} requests per second.")
        case _:
            text = tr("Old data was removed on {who}'s computer. Donors: {emptied}. Log entries: {attempts}.")
    return text.format(**values)


def _pushed_text(number: int, who: str) -> str:
    text = tr("Put back in the queue by {who}: {donors}.")
    return text.format(who=who, donors=formatting.donors(number))


def _queued_text(details: Mapping[str, str], who: str) -> str:
    """Return what was queued from where, by the counts that were kept."""
    counts = {state: int(details.get(state, "0")) for state in ("waiting", "held", "skipped", "sent", "failed")}
    result = ImportResult(rows=int(details.get("rows", "0")), **counts)
    return tr(
        "Queued by {who}: {file}, {account}",
        who=who,
        file=source_name(details.get("kind", "file"), details.get("file", "")),
        account=formatting.import_result_text(result),
    )


def _read_back_text(event: Event) -> str:
    text = tr("AC Desktop read the list. Found: {confirmed}. Not active: {not_active}. Not found: {missing}.")
    return text.format(
        **{name: formatting.count(int(event.details.get(name, "0"))) for name in ("confirmed", "not_active", "missing")}
    )


def decision_text(decision: Decision, number: int, who: str, why: str) -> str:
    """Return a decision about held donors in words: what, how many, who and why."""
    one = number == 1
    match decision:
        case Decision.KEEP:
            text = tr("Still held, decided by {who}.") if one else tr("{donors} still held, decided by {who}.")
        case Decision.SKIP:
            many = tr("{donors} skipped permanently by {who}.")
            text = tr("Skipped permanently by {who}.") if one else many
        case Decision.RESUBSCRIBE:
            many = tr("{donors} to be resubscribed, decided by {who}.")
            text = tr("To be resubscribed, decided by {who}.") if one else many
    sentence = text.format(donors=formatting.donors(number), who=who)
    return f"{sentence} {tr('Reason: {why}', why=why)}" if why else sentence


def _deactivated_text(event: Event, who: str) -> str:
    kept = event.details.get("reason", "")
    text = tr("Became inactive after {streak} failed attempts in a row. {reason} Computer user at the time: {who}.")
    return text.format(
        streak=event.details.get("streak", ""), who=who, reason=Reason.from_json(kept).text if kept else ""
    ).rstrip()
