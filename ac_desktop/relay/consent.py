"""The consent guard: nobody who left, bounced or has not confirmed is put onto the list by us (rule 8)."""

from collections.abc import Mapping
from typing import Final

from ac_desktop.activecampaign.answers import ListStatus, Membership
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import Reason, ReasonCode, reason

_HELD: Final[Mapping[ListStatus, ReasonCode]] = {
    ListStatus.UNSUBSCRIBED: ReasonCode.UNSUBSCRIBED,
    ListStatus.BOUNCED: ReasonCode.BOUNCED,
    ListStatus.UNCONFIRMED: ReasonCode.UNCONFIRMED,
}


def why_held(status: ListStatus, settings: ConnectionSettings, since: str = "") -> Reason | None:
    """Say why a contact that stands so on the list must not be put on it; None where it may."""
    code = _HELD.get(status)
    if code is None:
        return None
    named = {"list": settings.list_name} if settings.list_name else {"list_id": settings.list_id}
    if code is ReasonCode.UNSUBSCRIBED:
        code = ReasonCode.UNSUBSCRIBED if since else ReasonCode.UNSUBSCRIBED_UNDATED
        return reason(code, **named, date=since) if since else reason(code, **named)
    return reason(code, **named)


def judge(membership: Membership, settings: ConnectionSettings) -> Reason | None:
    """Say why this membership forbids the list step; None where the contact is on the list already."""
    return why_held(membership.status, settings, membership.since)
