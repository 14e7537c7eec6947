"""What is said of a relay, decided from the window's state."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale

from ac_desktop.activecampaign.rate_meter import RateReading
from ac_desktop.model import wording
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import ntr, tr
from ac_desktop.relay.progress import ListPages, PauseReason, Progress
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.formatting import ENOUGH_FOR_AN_ESTIMATE
from ac_desktop.ui.base.window_state import WindowState


@dataclass(frozen=True)
class Activity:
    """What a relay does at this moment; `is_still` where it waits for something."""

    text: str
    icon: str
    is_still: bool


def done_text(state: WindowState) -> str:
    """Return how many are done: 171 of 273."""
    done = state.progress.done if state.progress is not None else 0
    return tr("{done} of {total}", done=formatting.count(done), total=formatting.count(state.relay_total))


def left_text(state: WindowState) -> str:
    """Return how long the relay still takes; "" while that is not known."""
    left = _left(state.progress, state) if state.progress is not None else ""
    return tr("· {left}", left=left) if left else ""


def current_activity(state: WindowState) -> Activity:
    """Return what the relay does at this moment."""
    progress = state.progress
    if progress is not None and progress.pause_reason is PauseReason.BUSY:
        left = wording.countdown(max(1.0, (progress.paused_until or state.now) - state.now))
        return Activity(tr("Waiting for ActiveCampaign {time}", time=left), "busy", is_still=True)
    if progress is not None and progress.pause_reason is PauseReason.OFFLINE:
        return Activity(tr("Offline. Relaying continues when the network is back."), "offline", is_still=True)
    if progress is not None and progress.pause_reason is PauseReason.DATABASE_AWAY:
        text = tr("The office's server isn't responding. Relaying continues when it's back.")
        return Activity(text, "offline", is_still=True)
    if progress is not None and progress.pause_reason is not None:
        return Activity(tr("Waiting before the next try"), "waiting", is_still=True)
    if progress is not None and progress.list_pages is not None:
        return Activity(_list_pages_text(progress.list_pages), "sending", is_still=False)
    sending = state.counts.sending
    text = ntr("Sending {count} donor", "Sending {count} donors", sending) if sending else tr("Sending")
    return Activity(text, "sending", is_still=False)


def _list_pages_text(pages: ListPages) -> str:
    page = formatting.count(pages.read + 1)
    if pages.pages is None:
        return tr("Reading the list, because many of these donors are on it: page {page}", page=page)
    return tr(
        "Reading the list, because many of these donors are on it: page {page} of {pages}",
        page=page,
        pages=formatting.count(pages.pages),
    )


def status_text(state: WindowState) -> str:
    """Return the relay's progress in words, or how it ended."""
    progress = state.progress
    if progress is None:
        return ""
    if progress.running:
        parts = (*_counts(progress), _to_confirm(progress), _rate(progress), _left(progress, state))
        return " · ".join(part for part in parts if part)
    text = end_text(state) if progress.done else _at_rest(state)
    return " · ".join(part for part in (text, needed_text(state)) if part)


def end_text(state: WindowState) -> str:
    """Return how a relay ended; it is only *done* where nothing is left."""
    progress, counts = state.progress, state.counts
    if progress is None:
        return ""
    text = ", ".join(_counts(progress))
    if state.connection_state is ConnectionState.PAUSED:
        return tr("Paused: {told}.", told=text)
    if state.connection_state is ConnectionState.INACTIVE:
        return tr("Inactive: {told}.", told=text)
    if progress.failed:
        return tr("Finished with {failed} failed: {told}.", failed=formatting.count(progress.failed), told=text)
    if counts.waiting or counts.held or counts.failed:
        rest = [
            counted.format(number=formatting.count(number))
            for number, counted in (
                (counts.waiting, tr("{number} still waiting")),
                (counts.held, tr("{number} held")),
                (counts.failed, tr("{number} failed earlier")),
            )
            if number
        ]
        return tr("Relayed: {told}. In the queue: {rest}.", told=text, rest=", ".join(rest))
    return tr("Done: {told}.", told=text)


def meter_text(reading: RateReading) -> str:
    """Return what the meter shows, in words."""
    own = tr("Sending {rate} requests per second.", rate=QLocale().toString(reading.per_second, "f", 1))
    if reading.used_by_all is None:
        return own
    text = tr("All programs together use {used} of the account's {limit} requests in this second.")
    return f"{own} {text.format(used=reading.used_by_all, limit=reading.limit)}"


def _counts(progress: Progress) -> list[str]:
    return [
        tr("{number} sent", number=formatting.count(progress.sent)),
        tr("{number} failed", number=formatting.count(progress.failed)),
        tr("{number} held", number=formatting.count(progress.held)),
    ]


def _to_confirm(progress: Progress) -> str:
    if not progress.unconfirmed:
        return ""
    return tr("{number} to confirm", number=formatting.count(progress.unconfirmed))


def _rate(progress: Progress) -> str:
    if progress.rate <= 0:
        return ""
    rate = QLocale().toString(progress.rate, "f", 1)
    return tr("{rate} donors/s", rate=rate)


def _left(progress: Progress, state: WindowState) -> str:
    if progress.pause_reason is PauseReason.BREATHING and progress.paused_until is not None:
        wait = wording.span(max(1.0, progress.paused_until - state.now))
        return tr("next attempt in {time}", time=wait)
    if progress.seconds_left is None or progress.rate <= 0 or progress.done < ENOUGH_FOR_AN_ESTIMATE:
        return ""
    return tr("about {time} left", time=wording.span(progress.seconds_left))


def _at_rest(state: WindowState) -> str:
    if not state.counts.rows:
        return ""
    counts = state.counts
    return tr(
        "{waiting} waiting · {sent} sent · {failed} failed · {held} held",
        waiting=formatting.count(counts.waiting),
        sent=formatting.count(counts.sent),
        failed=formatting.count(counts.failed),
        held=formatting.count(counts.held),
    )


def needed_text(state: WindowState) -> str:
    """Return before a relay how long it takes: 340 donors, about 2 min 50 s; "" while one runs or nobody waits."""
    if state.seconds_needed is None:
        return ""

    return tr(
        "{donors} to relay: {time}",
        donors=formatting.donors(state.counts.waiting),
        time=wording.about(state.seconds_needed),
    )
