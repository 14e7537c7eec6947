"""What both front ends say of a relay before, while and after it runs."""

from ac_desktop.model.attempts import StoredAttempt
from ac_desktop.model.rules import LIST_SAMPLE
from ac_desktop.model.wording import about, ntr, tr


def estimate_text(waiting: int, seconds: float) -> str:
    """Return the number of donors and the duration as a text: 340 donors, about 2 min 50 s."""
    return ntr("{count} donor, {time}", "{count} donors, {time}", waiting, time=about(seconds))


def what_differs() -> str:
    """Return the text that explains how bulk relay differs."""
    return tr(
        "in bulk, ActiveCampaign reports one result for up to 250 donors. AC Desktop then reads the list, and "
        "only donors on the list count as sent. People who unsubscribed or bounced stay off the list and are "
        "held. If your list asks people to confirm, choose one by one, because ActiveCampaign doesn't say what "
        "happens to people who haven't confirmed. Donors you held or decided about are always sent one by one. "
        "Times are estimates."
    )


def offer_text(one_by_one_seconds: float, bulk_seconds: float) -> str:
    """Return the offer of bulk relay as one paragraph."""
    return tr(
        "One by one: {one_by_one}. In bulk: {bulk}. Differences: {differs}",
        one_by_one=about(one_by_one_seconds),
        bulk=about(bulk_seconds),
        differs=what_differs(),
    )


def list_reading_text() -> str:
    """Return how a relay one by one saves requests where many donors are on the list already."""
    return tr(
        "One by one starts with {count} donors. If many of them are on the list already, AC Desktop reads the list. "
        "People on it whose data hasn't changed then need one request instead of two.",
        count=LIST_SAMPLE,
    )


def bulk_refusal(connection_name: str) -> str:
    """Return why the donors of a connection that keeps values cannot be sent in bulk."""
    return tr(
        "“{name}” keeps values that ActiveCampaign already has, so each contact must be read first. Bulk can't "
        "do that. Relay one by one.",
        name=connection_name,
    )


def trouble_text(trouble: str, *, is_own_fault: bool) -> str:
    """Return why a relay ended by itself: `trouble`, or that it was a fault of our own; empty where it did not."""
    if not is_own_fault:
        return trouble
    return tr("AC Desktop ran into an error and stopped the relay. No donors were lost.")


def step_name(step: str) -> str:
    """Return the name of a step of an attempt."""
    names = {
        "look": tr("lookup"),
        "contact": tr("contact"),
        "memberships": tr("subscription check"),
        "list": tr("list"),
        "bulk": tr("bulk"),
        "result": tr("result"),
        "members": tr("list page"),
    }
    return names.get(step, step)


def attempt_owner(attempt: StoredAttempt) -> str:
    """Return whose attempt it was; a bulk request is named by its first donor and the number of others."""
    if attempt.donors == 1:
        return attempt.email
    return ntr("{email} and {count} other", "{email} and {count} others", attempt.donors - 1, email=attempt.email)
