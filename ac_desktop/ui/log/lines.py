"""Attempts and events as lines of the log."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from ac_desktop.model.attempts import StepLog, StoredAttempt
from ac_desktop.model.import_result import ImportResult
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Decision, Outcome
from ac_desktop.model.wording import escape_control_characters, source_name
from ac_desktop.store.history.history import Event, EventKind
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.formatting import StateLabel
from ac_desktop.ui.base.theme import Tone
from ac_desktop.ui.importing.result_texts import account_text

Mask = Callable[[str], str]
_GOOD_STATUS = range(200, 300)


class LogLevel(Enum):
    """What kind of line it is."""

    STATUS = "status"
    SENT = "sent"
    ANSWER = "answer"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line: when, of what kind, what it says, and whose it is."""

    at: float
    level: LogLevel
    text: str
    donor: str = ""
    record_id: int = 0
    attempt_id: int = 0


def level_sign(level: LogLevel) -> StateLabel:
    """Tell a level in icon, word and colour."""
    translate = QCoreApplication.translate
    match level:
        case LogLevel.STATUS:
            return StateLabel(translate("Log", "Status"), "status", Tone.QUIET)
        case LogLevel.SENT:
            return StateLabel(translate("Log", "Sent"), "sent-line", Tone.NOTE)
        case LogLevel.ANSWER:
            return StateLabel(translate("Log", "Answer"), "answer-line", Tone.GOOD)
        case LogLevel.PROBLEM:
            return StateLabel(translate("Log", "Problem"), "problem", Tone.PROBLEM)


def told(attempts: Sequence[StoredAttempt], events: Sequence[Event], mask: Mask) -> list[LogLine]:
    """Put attempts and events in order; an event stands behind the attempt it belongs to."""
    lines: list[LogLine] = []
    left = list(events)
    for attempt in attempts:
        while left and left[0].after_attempt < attempt.id:
            lines.append(event_line(left.pop(0), mask))
        lines.extend(attempt_lines(attempt, mask))
    lines.extend(event_line(event, mask) for event in left)
    return lines


def attempt_lines(attempt: StoredAttempt, mask: Mask) -> Iterator[LogLine]:
    """Tell an attempt: what was sent, what was answered, and what it came to."""
    at = attempt.started_at
    for step in attempt.steps:
        yield _line(attempt, at, LogLevel.SENT, _sent_text(step), mask)
        at += step.duration_ms / 1000
        yield _line(attempt, at, _answer_level(step), _answer_text(step), mask)
    end = attempt.started_at + attempt.duration_ms / 1000
    level = LogLevel.STATUS if attempt.outcome in {Outcome.SENT, Outcome.TAKEN} else LogLevel.PROBLEM
    yield _line(attempt, end, level, _end_text(attempt), mask)


def event_line(event: Event, mask: Mask) -> LogLine:
    """Tell a change of the connection: what, when and who."""
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


def _line(attempt: StoredAttempt, at: float, level: LogLevel, text: str, mask: Mask) -> LogLine:
    return LogLine(
        at=at,
        level=level,
        text=mask(escape_control_characters(text)),
        donor=whose(attempt),
        record_id=attempt.record_id,
        attempt_id=attempt.id,
    )


def whose(attempt: StoredAttempt) -> str:
    """Tell whose attempt it was; that of a bulk request is its first donor's with the others counted."""
    if attempt.donors == 1:
        return attempt.email
    return QCoreApplication.translate("Log", "{email} and {others} others").format(
        email=attempt.email, others=formatting.count(attempt.donors - 1)
    )


def step_word(step: StepLog) -> str:
    """Name a step for a person."""
    translate = QCoreApplication.translate
    names = {
        "look": translate("Log", "look-up"),
        "contact": translate("Log", "contact"),
        "memberships": translate("Log", "memberships"),
        "list": translate("Log", "list"),
        "bulk": translate("Log", "bulk"),
        "result": translate("Log", "result"),
        "members": translate("Log", "list read back"),
    }
    return names.get(step.step, step.step)


def _sent_text(step: StepLog) -> str:
    return QCoreApplication.translate("Log", "{method} {path} ({step} step)").format(
        method=step.method, path=step.path, step=step_word(step)
    )


def _answer_level(step: StepLog) -> LogLevel:
    return LogLevel.ANSWER if step.status in _GOOD_STATUS else LogLevel.PROBLEM


def _answer_text(step: StepLog) -> str:
    translate = QCoreApplication.translate
    if step.status is None:
        return translate("Log", "No answer after {ms} ms: {trouble}").format(ms=step.duration_ms, trouble=step.trouble)
    return translate("Log", "{status} after {ms} ms").format(status=step.status, ms=step.duration_ms)


def _end_text(attempt: StoredAttempt) -> str:
    translate = QCoreApplication.translate
    why = attempt.reason.text if attempt.reason else ""
    if attempt.outcome is Outcome.SENT:
        return why or translate("Log", "On the list.")
    if attempt.outcome is Outcome.TAKEN:
        return why
    if attempt.outcome is Outcome.HELD:
        return translate("Log", "Held: {reason}").format(reason=why)
    said = translate("Log", "Failed, {streak} in a row: {reason}").format(streak=attempt.streak, reason=why)
    if attempt.outcome is Outcome.WAITING:
        said += translate("Log", " The donor stays in the queue.")
    return said


def _event_text(event: Event) -> str:
    who = event.who or QCoreApplication.translate("Log", "someone")
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
        case _:
            # Earlier versions kept sentences of queued and pushed records: they are shown as they are.
            said = _said(event.kind).format(who=who, kind=event.kind.value)
            return f"{said} {', '.join(event.details.values())}".rstrip()


def _said(kind: EventKind) -> str:
    """Return what is said of an event before its details."""
    translate = QCoreApplication.translate
    match kind:
        case EventKind.CREATED:
            return translate("Log", "Connection set up by {who}.")
        case EventKind.CHANGED:
            return translate("Log", "Connection changed by {who}.")
        case EventKind.PAUSED:
            return translate("Log", "Paused by {who}.")
        case EventKind.RESUMED:
            return translate("Log", "Resumed by {who}.")
        case EventKind.REACTIVATED:
            return translate("Log", "Reactivated by {who}.")
        case EventKind.QUEUED:
            return translate("Log", "Queued by {who}:")
        case EventKind.ERASED:
            return translate("Log", "A person was erased by {who}; receipt:")
        case _:
            return translate("Log", "{kind} by {who}.")


def _withdrawn_text(details: Mapping[str, str], who: str) -> str:
    return QCoreApplication.translate("Log", "Taken back out of the queue by {who}: {donors} of {file}.").format(
        who=who,
        donors=formatting.donors(int(details.get("rows", "0"))),
        file=source_name(details.get("kind", "file"), details.get("file", "")),
    )


def _pushed_text(number: int, who: str) -> str:
    text = QCoreApplication.translate("Log", "Put back in the queue by {who}: {donors}.")
    return text.format(who=who, donors=formatting.donors(number))


def _queued_text(details: Mapping[str, str], who: str) -> str:
    """Tell what was queued from where, by the counts that were kept."""
    counts = {state: int(details.get(state, "0")) for state in ("waiting", "held", "skipped", "sent", "failed")}
    receipt = ImportResult(rows=int(details.get("rows", "0")), **counts)
    return QCoreApplication.translate("Log", "Queued by {who}: {file}, {account}").format(
        who=who,
        file=source_name(details.get("kind", "file"), details.get("file", "")),
        account=account_text(receipt),
    )


def _read_back_text(event: Event) -> str:
    text = QCoreApplication.translate(
        "Log", "The list was read back. Found: {confirmed}. Not active: {not_active}. Not found: {missing}."
    )
    return text.format(
        **{name: formatting.count(int(event.details.get(name, "0"))) for name in ("confirmed", "not_active", "missing")}
    )


def decision_text(decision: Decision, number: int, who: str, why: str) -> str:
    """Tell a decision about held donors: what, how many, who and why."""
    translate = QCoreApplication.translate
    one = number == 1
    match decision:
        case Decision.KEEP:
            text = translate("Log", "Kept held by {who}.") if one else translate("Log", "{donors} kept held by {who}.")
        case Decision.SKIP:
            many = translate("Log", "{donors} skipped for good by {who}.")
            text = translate("Log", "Skipped for good by {who}.") if one else many
        case Decision.RESUBSCRIBE:
            many = translate("Log", "{donors} to be subscribed again, decided by {who}.")
            text = translate("Log", "To be subscribed again, decided by {who}.") if one else many
    said = text.format(donors=formatting.donors(number), who=who)
    return f"{said} {translate('Log', 'Reason: {why}').format(why=why)}" if why else said


def _deactivated_text(event: Event, who: str) -> str:
    translate = QCoreApplication.translate
    kept = event.details.get("reason", "")
    text = translate(
        "Log", "Switched off after {streak} failed attempts in a row, while {who} was at the computer. {reason}"
    )
    return text.format(
        streak=event.details.get("streak", ""), who=who, reason=Reason.from_json(kept).text if kept else ""
    ).rstrip()
