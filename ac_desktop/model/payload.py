"""The two payloads of a relay, exactly as Anedot's integration page has them."""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from ac_desktop.model.donor import Donor

JsonObject = dict[str, object]

RESUBSCRIBED_ON_PURPOSE = 4
"""`sourceid` that marks an intended re-subscription (ActiveCampaign, Update List Status for a Contact)."""


class ContactField(StrEnum):
    """The values of a contact that a relay can overwrite."""

    PHONE = "phone"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"


@dataclass(frozen=True, slots=True)
class ContactPayload:
    """Body of `contact/sync`; a blank value is left out, as `""` would erase what the account has (rule 9)."""

    email: str
    phone: str = ""
    last_name: str = ""
    first_name: str = ""

    @classmethod
    def of(cls, donor: Donor) -> "ContactPayload":
        """Take the four relayed fields of a donor."""
        return cls(donor.email, donor.phone, donor.last_name, donor.first_name)

    def without(self, fields: Collection[ContactField]) -> "ContactPayload":
        """Leave some values out, so that the account keeps what it has."""
        return replace(self, **{field.value: "" for field in fields})

    def email_alone(self) -> "ContactPayload":
        """Leave every value out: a newer donation says better."""
        return ContactPayload(self.email)

    def body(self) -> JsonObject:
        """Return the JSON object, with the fields in the integration page's order."""
        fields = {
            "email": self.email,
            "phone": self.phone,
            "lastName": self.last_name,
            "firstName": self.first_name,
        }
        return {"contact": {name: value.strip() for name, value in fields.items() if value.strip()}}


@dataclass(frozen=True, slots=True)
class ListPayload:
    """Body of `contactLists`: ids are strings, the status is the number 1."""

    list_id: str
    contact_id: str
    source_id: int | None = None

    def body(self) -> JsonObject:
        """Return the JSON object, with the fields in the integration page's order."""
        entry: JsonObject = {"list": self.list_id, "status": 1, "contact": self.contact_id}
        if self.source_id is not None:
            entry["sourceid"] = self.source_id
        return {"contactList": entry}


def wire(body: JsonObject) -> bytes:
    """Return the bytes that go over the wire."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
