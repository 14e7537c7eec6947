"""Serialises records as ActiveCampaign does (recorded responses, documentation and integration page)."""

import hashlib
import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from ac_desktop.practice.records import Contact, ListCounts, MemberStatus, PracticeList, PracticeMembership
from ac_desktop.practice.responses import Json

Body = dict[str, Json]

_ACCOUNT_ZONE: Final = timezone(timedelta(hours=-5))
"""Dates carry the account's offset, and the recorded account's is this one."""

_CONTACT_LINKS: Final = (
    "bounceLogs",
    "contactAutomations?limit=1000&orders%5Blastdate%5D=DESC",
    "contactData",
    "contactGoals",
    "contactLists",
    "contactLogs",
    "contactTags",
    "contactDeals",
    "deals",
    "fieldValues",
    "geoIps",
    "notes",
    "organization",
    "plusAppend",
    "trackingLogs",
    "scoreValues",
    "accountContacts",
    "automationEntryCounts",
)
_MEMBERSHIP_LINKS: Final = (
    "automation",
    "list",
    "contact",
    "form",
    "autosyncLog",
    "campaign",
    "unsubscribeAutomation",
    "message",
)
_LIST_LINKS: Final = ("contactGoalLists", "user", "addressLists")
_USER_LINKS: Final = (
    "lists",
    "userGroup",
    "dealGroupTotals",
    "dealGroupUsers",
    "configs",
    "dealConnection",
    "userConversationsPermission",
    "seatUser",
)
_EMBEDDED: Final = ("contactAutomations", "contactLists", "fieldValues", "geoIps", "deals", "accountContacts")
_LIST_FLAGS: Final = {
    "p_use_tracking": "1",
    "p_use_analytics_read": "0",
    "p_use_analytics_link": "0",
    "p_use_twitter": "0",
    "p_use_facebook": "0",
    "p_embed_image": "1",
    "p_use_captcha": "1",
    "send_last_broadcast": "0",
    "private": "0",
    "analytics_domains": None,
    "analytics_source": "",
    "analytics_ua": "",
    "twitter_token": "",
    "twitter_token_secret": "",
    "facebook_session": None,
    "carboncopy": None,
    "subscription_notify": None,
    "unsubscription_notify": None,
    "require_name": "0",
    "get_unsubscribe_reason": "0",
    "to_name": "Subscriber",
    "optinoptout": "1",
    "sender_name": "",
    "sender_addr1": "",
    "sender_addr2": "",
    "sender_city": "",
    "sender_state": "",
    "sender_zip": "",
    "sender_country": "",
    "sender_phone": "",
    "sender_url": "https://www.example.org",
    "sender_reminder": "You gave to us and asked to hear from us.",
    "fulladdress": None,
    "optinmessageid": "0",
    "optoutconf": "0",
}


@lru_cache(maxsize=1024)
def _iso_second(second: int) -> str:
    return datetime.fromtimestamp(second, _ACCOUNT_ZONE).isoformat()


def iso(at: float) -> str:
    """Return a time with the account's offset."""
    return _iso_second(int(at))


@lru_cache(maxsize=1024)
def _stamp_second(second: int, zone: timezone) -> str:
    return datetime.fromtimestamp(second, zone).strftime("%Y-%m-%d %H:%M:%S")


def stamp(at: float, zone: timezone = _ACCOUNT_ZONE) -> str:
    """Return a time as `*_timestamp` fields have it, without a zone."""
    return _stamp_second(int(at), zone)


def _links(base: str, kind: str, number: str, names: tuple[str, ...]) -> Body:
    return {name.partition("?")[0]: f"{base}/api/3/{kind}/{number}/{name}" for name in names}


def _hash(contact: Contact) -> str:
    return hashlib.md5(f"{contact.id}:{contact.email}".encode(), usedforsecurity=False).hexdigest()


def short_contact(contact: Contact, base: str) -> Body:
    """Return a contact as the answer to its creation has it (documented)."""
    return {
        "email": contact.email,
        "phone": contact.phone,
        "firstName": contact.first_name,
        "lastName": contact.last_name,
        "email_empty": False,
        "cdate": iso(contact.created_at),
        "udate": iso(contact.updated_at),
        "orgid": "",
        "orgname": "",
        "links": _links(base, "contacts", contact.id, _CONTACT_LINKS),
        "hash": _hash(contact),
        "fieldValues": [],
        "id": contact.id,
        "organization": "",
    }


def created_contact(contact: Contact, base: str) -> Body:
    """Return a contact as `POST contacts` answers it (recorded)."""
    body = short_contact(contact, base)
    for name in ("email_empty", "hash", "fieldValues"):
        del body[name]
    return body


def long_contact(contact: Contact, base: str) -> Body:
    """Return a contact as updates and queries have it (recorded)."""
    return {
        "cdate": iso(contact.created_at),
        "email": contact.email,
        "phone": contact.phone,
        "firstName": contact.first_name,
        "lastName": contact.last_name,
        "orgid": "0",
        "orgname": "",
        "segmentio_id": "",
        "bounced_hard": "0",
        "bounced_soft": "0",
        "bounced_date": None,
        "ip": "0",
        "ua": None,
        "hash": _hash(contact),
        "socialdata_lastcheck": None,
        "email_local": "",
        "email_domain": "",
        "sentcnt": "0",
        "rating_tstamp": None,
        "gravatar": "0",
        "deleted": "0",
        "anonymized": "0",
        "adate": None,
        "udate": iso(contact.updated_at),
        "edate": None,
        "deleted_at": None,
        "created_utc_timestamp": stamp(contact.created_at, UTC),
        "updated_utc_timestamp": stamp(contact.updated_at, UTC),
        "created_timestamp": stamp(contact.created_at),
        "updated_timestamp": stamp(contact.updated_at),
        "created_by": None,
        "updated_by": None,
        "links": _links(base, "contacts", contact.id, _CONTACT_LINKS),
        "id": contact.id,
        "organization": None,
    }


def listed_contact(contact: Contact, base: str) -> Body:
    """Return a contact as `GET contacts` lists it (recorded)."""
    return {**long_contact(contact, base), "scoreValues": [], "accountContacts": []}


def embedded_contact(contact: Contact, base: str, rows: list[Body]) -> Body:
    """Return the whole answer of `GET contacts/{id}`, with what it embeds (recorded)."""
    ids = [row["id"] for row in rows]
    top: Body = {name: rows if name == "contactLists" else [] for name in _EMBEDDED}
    within: Body = {name: ids if name == "contactLists" else [] for name in _EMBEDDED}
    return {**top, "contact": {**long_contact(contact, base), **within}}


def field_values(contact: Contact, base: str) -> list[Body]:
    """Return two made-up custom field values, as objects; the contact names them by id (documented)."""
    return [
        {
            "contact": contact.id,
            "field": field,
            "value": "",
            "cdate": iso(contact.created_at),
            "udate": iso(contact.updated_at),
            "created_by": None,
            "updated_by": None,
            "links": _links(base, "fieldValues", number, ("owner", "field")),
            "id": number,
            "owner": contact.id,
        }
        for field, number in (("2", "14"), ("3", "15"))
    ]


def membership_row(membership: PracticeMembership, contact: Contact, base: str) -> Body:
    """Return a membership as queries have it: the status is a string (documented)."""
    left = membership.status == MemberStatus.UNSUBSCRIBED
    return {
        "contact": membership.contact_id,
        "list": membership.list_id,
        "form": None,
        "seriesid": "0",
        "sdate": iso(membership.created_at),
        "udate": iso(membership.updated_at) if left else None,
        "status": str(int(membership.status)),
        "responder": "1",
        "sync": "0",
        "unsubreason": "" if left else None,
        "campaign": None,
        "message": None,
        "first_name": contact.first_name,
        "last_name": contact.last_name,
        "ip4Sub": "0",
        "sourceid": "3",
        "autosyncLog": None,
        "ip4_last": "0",
        "ip4Unsub": "0",
        "created_timestamp": stamp(membership.created_at),
        "updated_timestamp": stamp(membership.updated_at),
        "created_by": "0",
        "updated_by": "0",
        "unsubscribeAutomation": None,
        "links": _links(base, "contactLists", membership.id, _MEMBERSHIP_LINKS),
        "id": membership.id,
        "automation": None,
    }


def posted_membership(membership: PracticeMembership, contact: Contact, base: str) -> Body:
    """Return a membership as `POST contactLists` answers it: the status is a number (integration page)."""
    return {**membership_row(membership, contact, base), "status": int(membership.status), "unsubreason": ""}


def list_body(found: PracticeList, counts: ListCounts, base: str) -> Body:
    """Return a list (recorded, with the fields that came in 2025)."""
    return {
        "stringid": re.sub(r"[^a-z0-9]+", "-", found.name.lower()).strip("-"),
        "userid": "1",
        "name": found.name,
        "cdate": iso(found.created_at),
        **_LIST_FLAGS,
        "deletestamp": None if found.deleted_at is None else stamp(found.deleted_at),
        "udate": iso(found.created_at),
        "created_timestamp": stamp(found.created_at),
        "updated_timestamp": stamp(found.created_at),
        "created_by": None,
        "updated_by": None,
        "channel": found.channel,
        "description": "",
        "non_deleted_subscribers": str(counts.members),
        "active_subscribers": str(counts.active),
        "links": _links(base, "lists", found.id, _LIST_LINKS),
        "id": found.id,
        "user": "1",
    }


def user_body(base: str) -> Body:
    """Return the key's user (recorded)."""
    return {
        "username": "practice",
        "firstName": "Practice",
        "lastName": "Account",
        "email": "practice@example.org",
        "phone": "",
        "signature": "",
        "localZoneid": "America/Chicago",
        "password_updated_utc_timestamp": "0000-00-00 00:00:00",
        "cdate": None,
        "udate": None,
        "mfaEnabled": "0",
        "links": _links(base, "users", "1", _USER_LINKS),
        "id": "1",
    }
