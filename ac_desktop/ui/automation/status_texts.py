"""What runs by itself, in sentences: what was done last, what comes next, and why nothing goes."""

from ac_desktop.automation.status import AutomationStatus, NextAction
from ac_desktop.model.wording import ntr, tr
from ac_desktop.store.history.notices import ActionCode, AutomaticAction
from ac_desktop.ui.base import formatting


def status_text(status: AutomationStatus, now: float) -> str:
    """Return what was done last and what comes next; "" where the switch is off and no source is looked at."""
    if not status.switch.is_on and status.next is not NextAction.LOOK:
        return ""
    parts = [last_text(status.last, now), next_text(status, now)]
    if not status.switch.is_on:
        parts.append(tr("New donors wait until you click Relay."))
    return " ".join(part for part in parts if part)


def last_text(last: AutomaticAction | None, now: float) -> str:
    """Return what was done last, "" where nothing ever was."""
    if last is None:
        return ""
    time, details = formatting.when(last.at, now), last.details
    match last.code:
        case ActionCode.LOOKED:
            return tr("Last check: {time}.", time=time)
        case ActionCode.QUEUED:
            count = _number(details.get("waiting", ""))
            return ntr("{count} donor queued at {time}.", "{count} donors queued at {time}.", count, time=time)
        case ActionCode.RELAYED:
            return tr(
                "Last relay: {time}. Sent: {sent}. Failed: {failed}. Held: {held}.",
                time=time,
                **{name: formatting.count(_number(details.get(name, ""))) for name in ("sent", "failed", "held")},
            )
        case ActionCode.NEEDS_ANSWER:
            return tr("An import needs your decision ({time}).", time=time)
        case ActionCode.FAILED:
            return tr("The last check failed ({time}).", time=time)


def next_text(status: AutomationStatus, now: float) -> str:
    """Return what comes next, or why nothing does."""
    match status.next:
        case NextAction.PAUSED:
            return tr("The connection is paused, so nothing is sent.")
        case NextAction.INACTIVE:
            return tr("The connection is inactive, so nothing is sent.")
        case NextAction.RELAYING:
            return tr("AC Desktop is relaying now.")
        case NextAction.RELAY:
            return ntr("Next: relay {count} donor.", "Next: relay {count} donors.", status.waiting)
        case NextAction.LOOK:
            return _look_text(status.next_at, now)
        case NextAction.NOTHING:
            return tr("No folder is watched and no account is fetched from.")


def _look_text(at: float | None, now: float) -> str:
    if at is None:
        return tr("Next: new files in the watched folder.")
    if at <= now:
        return tr("Next: fetch from Anedot, now.")
    return tr("Next fetch from Anedot: {time}.", time=formatting.when(at, now))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
