"""The consent guard: nobody who left, bounced or has not confirmed is put onto the list by us (rule 8)."""

from collections.abc import Mapping
from typing import Final

from ac_desktop.activecampaign import requests
from ac_desktop.activecampaign.memberships import Membership, MembershipReading, Memberships
from ac_desktop.activecampaign.responses import ListStatus, Refusal, Refused
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.relay.request_runner import RequestRunner, StepName

_HELD: Final[Mapping[int, ReasonCode]] = {
    ListStatus.UNSUBSCRIBED: ReasonCode.UNSUBSCRIBED,
    ListStatus.BOUNCED: ReasonCode.BOUNCED,
    ListStatus.UNCONFIRMED: ReasonCode.UNCONFIRMED,
}


def read_memberships(asking: RequestRunner, contact_id: str, list_id: str) -> Memberships | Refusal:
    """Ask for all pages of a contact's memberships, each one a request of the attempt."""
    reading = MembershipReading(contact_id=contact_id, list_id=list_id)
    while True:
        reply = asking.ask(StepName.MEMBERSHIPS, requests.memberships(contact_id, reading.offset))
        told = reply if isinstance(reply, Refused) else reading.take(reply)
        if told is not None:
            return told


def why_held(status: int, settings: ConnectionSettings, since: str = "") -> Reason | None:
    """Return why a contact that stands so on the list must not be put on it; None where it may."""
    if status == ListStatus.ACTIVE:
        return None
    named = {"list": settings.list_name} if settings.list_name else {"list_id": settings.list_id}
    code = _HELD.get(status)
    if code is None:
        code = ReasonCode.REMOVED_FROM_LIST if status == ListStatus.REMOVED else ReasonCode.STATUS_UNKNOWN
        return reason(code, **named, status=int(status))
    if code is ReasonCode.UNSUBSCRIBED:
        code = ReasonCode.UNSUBSCRIBED if since else ReasonCode.UNSUBSCRIBED_UNDATED
        return reason(code, **named, date=since) if since else reason(code, **named)
    return reason(code, **named)


def why_membership_held(membership: Membership, settings: ConnectionSettings) -> Reason | None:
    """Return why this membership forbids the list step; None where the contact is on the list already."""
    return why_held(membership.status, settings, membership.since)
