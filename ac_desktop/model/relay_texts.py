"""What both front ends say of a relay before, while and after it runs."""

from ac_desktop.model.durations import about
from ac_desktop.model.wording import ntr, tr


def estimate_text(waiting: int, seconds: float) -> str:
    """Return the number of donors and the duration as a text: 340 donors, about 2 min 50 s."""
    return ntr("{count} donor, {time}", "{count} donors, {time}", waiting, time=about(seconds))


def what_differs() -> str:
    """Return the text that explains how bulk relay differs."""
    return tr(
        "in bulk, ActiveCampaign answers for 250 donors at once and doesn't say who arrived. AC Desktop reads the "
        "list back afterwards, and only donors on the list count as sent. People who unsubscribed or bounced stay off "
        "the list and are held. ActiveCampaign doesn't say whether it puts people on the list who have not confirmed. "
        "If your list asks people to confirm, relay one by one. Donors who were held before, or decided about, always "
        "go one by one. The times assume that ActiveCampaign processes its imports at once, which it does not "
        "promise, and that few other people are on the list."
    )


def offer_text(one_by_one_seconds: float, bulk_seconds: float) -> str:
    """Return the offer of bulk relay as one paragraph."""
    return tr(
        "One by one: {one_by_one}, or bulk: {bulk}. What differs: {differs}",
        one_by_one=about(one_by_one_seconds),
        bulk=about(bulk_seconds),
        differs=what_differs(),
    )


def bulk_refusal(connection_name: str) -> str:
    """Return why the donors of a connection that keeps values cannot be sent in bulk."""
    return tr(
        "“{name}” keeps values that ActiveCampaign already has, so each contact is read first. That cannot be done in "
        "bulk; relay one by one.",
        name=connection_name,
    )


def trouble_text(trouble: str, *, is_own_fault: bool) -> str:
    """Return why a relay ended by itself: `trouble`, or that it was a fault of our own; empty where it did not."""
    if not is_own_fault:
        return trouble
    return tr("AC Desktop made a mistake of its own; the relay has stopped, nobody is lost.")
