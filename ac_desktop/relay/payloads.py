"""The payload of a donor, the same for a relay and for a comparison before it."""

from collections.abc import Collection

from ac_desktop.activecampaign.responses import FoundContact
from ac_desktop.model.donor import Donor
from ac_desktop.model.payload import ContactField, ContactPayload


def contact_payload(donor: Donor, *, outdated: bool = False) -> ContactPayload:
    """Return the contact payload; that of an outdated donation has the e-mail alone."""
    payload = ContactPayload.of(donor)
    return payload.email_alone() if outdated else payload


def overwrites(payload: ContactPayload, fields: Collection[ContactField]) -> bool:
    """Whether the payload holds any of these fields, so that the contact has to be read first."""
    return any(getattr(payload, field.value).strip() for field in fields)


def leaving(payload: ContactPayload, found: FoundContact | None, fields: Collection[ContactField]) -> ContactPayload:
    """Return the payload without those fields that the contact has already."""
    if found is None:
        return payload
    return payload.without([field for field in fields if found.values[field].strip()])
