"""The two payloads of a relay, exactly as on Anedot's integration page."""

import json
from collections.abc import Collection, Mapping
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
    """Body of `contact/sync`; a blank value is left out, because `""` would erase the account's value (rule 9)."""

    email: str
    phone: str = ""
    last_name: str = ""
    first_name: str = ""

    @classmethod
    def of(cls, donor: Donor, *, outdated: bool = False) -> "ContactPayload":
        """Return the payload of a donor's four relayed fields; that of an outdated donation has the e-mail alone."""
        payload = cls(donor.email, donor.phone, donor.last_name, donor.first_name)
        return payload.email_alone() if outdated else payload

    def overwrites(self, fields: Collection[ContactField]) -> bool:
        """Whether it holds any of these fields, so that the contact has to be read first."""
        return any(getattr(self, field.value).strip() for field in fields)

    def without(self, fields: Collection[ContactField]) -> "ContactPayload":
        """Return the payload without some values, which the account then keeps."""
        return replace(self, **{field.value: "" for field in fields})

    def keeping(self, values: Mapping[ContactField, str], fields: Collection[ContactField]) -> "ContactPayload":
        """Return the payload without those fields that have a value in the account already."""
        return self.without([field for field in fields if values[field].strip()])

    def changes(self, values: Mapping[ContactField, str]) -> Mapping[ContactField, str]:
        """Return what sending it would change of the account's values; a value that is not there is blank."""
        wanted = {field: getattr(self, field.value).strip() for field in ContactField}
        return {field: value for field, value in wanted.items() if value and value != values.get(field, "")}

    def email_alone(self) -> "ContactPayload":
        """Return the payload with the e-mail alone, as where a newer donation was sent already."""
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
    """Return the JSON bytes of a request's body."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
