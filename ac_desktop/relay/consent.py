"""The consent guard: nobody who unsubscribed, bounced or has not confirmed is put onto the list (rule 8)."""

from collections.abc import Mapping
from typing import Final

from ac_desktop.activecampaign import requests
from ac_desktop.activecampaign.memberships import Membership, MembershipReader, Memberships
from ac_desktop.activecampaign.responses import ListStatus, Refusal, Refused
from ac_desktop.model.connection import ConnectionSettings
from ac_desktop.model.reasons import Reason, ReasonCode, reason
from ac_desktop.relay.request_runner import RequestRunner, StepName

_HELD: Final[Mapping[int, ReasonCode]] = {
    ListStatus.UNSUBSCRIBED: ReasonCode.UNSUBSCRIBED,
    ListStatus.BOUNCED: ReasonCode.BOUNCED,
    ListStatus.UNCONFIRMED: ReasonCode.UNCONFIRMED,
}


def read_memberships(runner: RequestRunner, contact_id: str, list_id: str) -> Memberships | Refusal:
    """Return a contact's memberships from all pages, each one a request of the attempt."""
    reader = MembershipReader(contact_id=contact_id, list_id=list_id)
    while True:
        reply = runner.ask(StepName.MEMBERSHIPS, requests.memberships(contact_id, reader.offset))
        read = reply if isinstance(reply, Refused) else reader.add_page(reply)
        if read is not None:
            return read


def why_held(status: int, settings: ConnectionSettings, since: str = "") -> Reason | None:
    """Return why a contact with this status on the list must not be put on it; None where it may."""
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
