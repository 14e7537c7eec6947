"""The offer to relay in bulk: when it is made, and how bulk relay differs."""

from dataclasses import dataclass
from typing import Final

from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.durations import about
from ac_desktop.model.wording import tr
from ac_desktop.relay.estimate import estimate_bulk, estimate_for

OFFERED_ABOVE: Final = 500


@dataclass(frozen=True)
class BulkOffer:
    """An offer of bulk relay: the duration of both ways, for the person to choose."""

    waiting: int
    one_by_one_seconds: float
    bulk_seconds: float

    @property
    def text(self) -> str:
        """The offer as one paragraph."""
        return tr(
            "One by one: {one_by_one}, or bulk: {bulk}. What differs: {differs}",
            one_by_one=about(self.one_by_one_seconds),
            bulk=about(self.bulk_seconds),
            differs=what_differs(),
        )


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


def offer(waiting: int, settings: ConnectionSettings, *, share_known: float = 0.0) -> BulkOffer | None:
    """Return an offer of bulk relay where many wait and the connection allows it, else None."""
    if waiting <= OFFERED_ABOVE or bulk_refusal(settings) is not None:
        return None
    one_by_one = estimate_for(settings, waiting, share_known=share_known)
    return BulkOffer(waiting, one_by_one, estimate_bulk(waiting, settings.pace))


def bulk_refusal(settings: ConnectionSettings) -> str | None:
    """Return why a connection's donors cannot be sent in bulk; None where they can."""
    if not settings.keep_fields:
        return None
    return tr(
        "“{name}” keeps values that ActiveCampaign already has, so each contact is read first. That cannot be done in "
        "bulk; relay one by one.",
        name=settings.name,
    )
