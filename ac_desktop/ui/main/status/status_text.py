"""What the status line says, decided from a glance."""

from PySide6.QtCore import QLocale

from ac_desktop.activecampaign.rate_meter import RateReading
from ac_desktop.model.connection import FASTEST_PACE
from ac_desktop.model.states import ConnectionState
from ac_desktop.model.wording import tr
from ac_desktop.relay.progress import PauseReason, Progress
from ac_desktop.ui.base import formatting
from ac_desktop.ui.base.formatting import ENOUGH_FOR_AN_ESTIMATE
from ac_desktop.ui.main.window_state import WindowState


def status_text(glance: WindowState) -> str:
    """Tell how the relay goes, or how it ended."""
    progress = glance.progress
    if progress is None:
        return ""
    if progress.running:
        parts = (*_counts(progress), _to_confirm(progress), _rate(progress), _left(progress, glance))
        return " · ".join(part for part in parts if part)
    told = end_text(glance) if progress.done else _at_rest(glance)
    return " · ".join(part for part in (told, needed_text(glance)) if part)


def end_text(glance: WindowState) -> str:
    """Tell how a relay ended; it is only *done* where nothing is left."""
    progress, counts = glance.progress, glance.counts
    if progress is None:
        return ""
    told = ", ".join(_counts(progress))
    if glance.state is ConnectionState.PAUSED:
        return tr("Paused: {told}.", told=told)
    if glance.state is ConnectionState.INACTIVE:
        return tr("Switched off: {told}.", told=told)
    if progress.failed:
        return tr("Done with {failed} failed: {told}.", failed=formatting.count(progress.failed), told=told)
    if counts.waiting or counts.held or counts.failed:
        rest = [
            text.format(number=formatting.count(number))
            for number, text in (
                (counts.waiting, tr("{number} still waiting")),
                (counts.held, tr("{number} held")),
                (counts.failed, tr("{number} failed earlier")),
            )
            if number
        ]
        return tr("Relayed: {told}; in the queue: {rest}.", told=told, rest=", ".join(rest))
    return tr("Done: {told}.", told=told)


def pace_text(glance: WindowState) -> str:
    """Tell the share of the account's limit that we use."""
    if glance.connection is None:
        return ""
    return tr("pace {pace} of {most} requests/s", pace=glance.connection.settings.pace, most=FASTEST_PACE)


def meter_text(reading: RateReading) -> str:
    """Tell what the meter shows."""
    own = tr("We make {rate} requests a second.", rate=QLocale().toString(reading.per_second, "f", 1))
    if reading.used_by_all is None:
        return own
    told = tr("All programs together use {used} of the account's {limit} in this second.")
    return f"{own} {told.format(used=reading.used_by_all, limit=reading.limit)}"


def done_share(glance: WindowState) -> int | None:
    """Return the percentage that is done, for the window's title, which a task bar shows; None at rest."""
    progress = glance.progress
    if progress is None or not progress.running:
        return None
    return round(100 * progress.steps_done / max(1, progress.done + progress.waiting + glance.counts.sending))


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


def _left(progress: Progress, glance: WindowState) -> str:
    if progress.pause_reason is PauseReason.BREATHING and progress.paused_until is not None:
        wait = formatting.span(max(1.0, progress.paused_until - glance.now))
        return tr("next try in {time}", time=wait)
    if progress.seconds_left is None or progress.rate <= 0 or progress.done < ENOUGH_FOR_AN_ESTIMATE:
        return ""
    return tr("about {time} left", time=formatting.span(progress.seconds_left))


def _at_rest(glance: WindowState) -> str:
    if not glance.counts.rows:
        return ""
    counts = glance.counts
    return tr(
        "{waiting} waiting · {sent} sent · {failed} failed · {held} held",
        waiting=formatting.count(counts.waiting),
        sent=formatting.count(counts.sent),
        failed=formatting.count(counts.failed),
        held=formatting.count(counts.held),
    )


def needed_text(glance: WindowState) -> str:
    """Tell before a relay how long it takes: 340 donors, about 2 min 50 s; "" while one goes or nobody waits."""
    if glance.seconds_needed is None:
        return ""
    from ac_desktop.relay.estimate import about

    return tr(
        "to relay {donors}: {time}", donors=formatting.donors(glance.counts.waiting), time=about(glance.seconds_needed)
    )
