"""Invitation files: what a person needs to join an office, with a password for one use."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.files import unusable
from ac_desktop.store.office.json_fields import JsonFields
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeLogin

_KIND: Final = "ac-desktop-invitation"
_FORMAT: Final = 1
_LONGEST: Final = 2 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Invitation(OfficeLogin):
    """An office's database, the person who may join it as what, with which password, and until when.

    `expires_at` is in seconds since the epoch by the server's clock, which alone decides. `office` is the office's own
    name, "" where it has none.
    """

    person: str
    role: Role
    password: str = field(repr=False)
    expires_at: int
    office: str = ""


def write_invitation(path: Path, invitation: Invitation) -> None:
    """Write an invitation that only its owner can read. Raise StoreError where that is not possible."""
    content = {
        "kind": _KIND,
        "format": _FORMAT,
        "host": invitation.host,
        "port": invitation.port,
        "database": invitation.database,
        "user": invitation.user,
        "person": invitation.person,
        "role": invitation.role.value,
        "password": invitation.password,
        "expires_at": invitation.expires_at,
        "ca": invitation.ca,
        "office": invitation.office,
    }
    try:
        write_private(path, json.dumps(content, indent=1))
    except OSError as error:
        raise unusable(error, path) from error


def read_invitation(path: Path) -> Invitation:
    """Read an invitation. Raise StoreError for a file that is none, or that is damaged or of a newer program."""
    foreign = StoreError(StoreProblem.FOREIGN, StoreMessage.INVITATION_FOREIGN, file=path)
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except OSError as error:
        raise unusable(error, path) from error
    if len(content) > _LONGEST:
        raise foreign
    try:
        fields = JsonFields(content.decode("utf-8-sig"))
    except ValueError as error:
        problem = StoreMessage.INVITATION_DAMAGED if _KIND.encode() in content else StoreMessage.INVITATION_FOREIGN
        raise StoreError(StoreProblem.DAMAGED, problem, file=path) from error
    if not fields.has("kind", _KIND):
        raise foreign
    return _invitation(fields, path)


def _invitation(fields: JsonFields, path: Path) -> Invitation:
    try:
        if fields.whole_number("format") > _FORMAT:
            raise StoreError(StoreProblem.NEWER, StoreMessage.INVITATION_NEWER, file=path)
        return Invitation(
            host=fields.text("host"),
            port=fields.port(),
            database=fields.text("database"),
            user=fields.text("user"),
            person=fields.text("person"),
            role=fields.role(),
            password=fields.text("password"),
            expires_at=fields.whole_number("expires_at"),
            ca=fields.certificates(),
            office=fields.text_or_nothing("office"),
        )
    except ValueError as error:
        raise StoreError(StoreProblem.DAMAGED, StoreMessage.INVITATION_DAMAGED, file=path) from error
