"""A data folder that works on an office's queue: how it begins to, whom it invites, and how it ends to."""

import platform
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from ac_desktop import __version__
from ac_desktop.model.connection import KeyLocation
from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.local_time import local_day
from ac_desktop.store.errors import StoreError, StoreProblem
from ac_desktop.store.office.care import LastBackup
from ac_desktop.store.office.files import unusable
from ac_desktop.store.office.invitation import Invitation, read_invitation, write_invitation
from ac_desktop.store.office.membership import OfficeMembership, membership_in, remove_membership, save_membership
from ac_desktop.store.office.office_server import InvitedPerson, OfficeServer, Workstation
from ac_desktop.store.office.outbox import OUTBOX_FILE, Outbox
from ac_desktop.store.office.passwords import forget_password, keep_password, password_of
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office.server_url import ServerUrl
from ac_desktop.store.office_address import OfficeAddress, OfficeLogin

_PASSWORD_BYTES: Final = 24
_LONGEST_PERSON: Final = 60
"""Bytes of a name; PostgreSQL cuts a login after 63, and some have a number behind the name."""
_LONGEST_OFFICE: Final = 60
"""Letters of an office's name, which sidebars show."""
_RESERVED: Final = ("pg_", "ac_desktop_")
_FOR_OWNER: Final = MappingProxyType(
    {
        StoreMessage.OFFICE_REFUSED: StoreMessage.OWNER_REFUSED,
        StoreMessage.OFFICE_CERTIFICATE: StoreMessage.OWNER_CERTIFICATE,
        StoreMessage.OFFICE_NO_TLS: StoreMessage.OWNER_NO_TLS,
    }
)
"""What is said of a server to who sets it up: there is no administrator to ask yet."""
_RESERVED_WORDS: Final = frozenset({"public", "none", "current_role", "current_user", "session_user"})


@dataclass(frozen=True)
class Joined:
    """The membership of a folder that has just begun to work on an office, and where its password is."""

    membership: OfficeMembership
    password_location: KeyLocation
    is_closed: bool = False
    """Whether the office's queue was moved out of it."""


class OfficeFolder:
    """Changes which queue a data folder works on. Raise StoreError where that is not possible."""

    def __init__(
        self,
        folder: Path,
        server_at: Callable[[OfficeAddress], OfficeServer],
        alone_in: Callable[[Path], AbstractContextManager[None]],
        outbox_of: Callable[[Path, OfficeLogin], Outbox],
    ) -> None:
        """`server_at` opens a server; `alone_in` raises StoreError while another process works in a folder."""
        self._folder = folder
        self._server_at = server_at
        self._alone_in = alone_in
        self._outbox_of = outbox_of

    def create(self, server: ServerUrl, password: str, name: str = "") -> Joined:
        """Create or update an office on a server, and work on it as one of its admins.

        `name` is the office's own name from now on; "" leaves it as it is.
        """
        before = membership_in(self._folder)
        if before is not None:
            self._refuse_another(before, server)
        with self._alone_in(self._folder):
            address = self.found(server, password, name)
            return self._enter(self._server_at(address), address, before)

    def test(self, server: ServerUrl, password: str) -> None:
        """Raise StoreError where no office can be created on a server; nothing is changed there."""
        with _worded_for_owner():
            self._server_at(server.address(password)).check_place()

    def found(self, server: ServerUrl, password: str, name: str = "") -> OfficeAddress:
        """Create or update an office on a server; return the address by which the folder may enter.

        Nothing of the folder is changed, so it may be in use. `name` is the office's own name from now on; "" leaves
        it as it is.
        """
        address = server.address(password)
        clean = clean_office_name(name)
        with _worded_for_owner():
            self._server_at(address).create(clean)
        return address

    def invite(self, person: str, role: Role, out: Path, given: str | None) -> int:
        """Invite a person by a file; return until when it works, in seconds since the epoch.

        `given` is the password of this folder's own person, where it is given.
        """
        membership = self._membership()
        name = clean_person(person)
        if not out.parent.is_dir():
            raise unusable(FileNotFoundError(f"{out.parent} is missing"), out)
        password = secrets.token_urlsafe(_PASSWORD_BYTES)
        office = self._own_server(membership, given)
        made = office.invite(name, role, password)
        write_invitation(
            out,
            Invitation(
                host=membership.host,
                port=membership.port,
                database=membership.database,
                user=made.login,
                person=name,
                role=role,
                password=password,
                expires_at=made.expires_at,
                ca=membership.ca,
                office=made.office,
            ),
        )
        return made.expires_at

    def invitation(self, file: Path) -> Invitation:
        """Return the invitation in a file, for a folder that works on no office yet."""
        invitation = read_invitation(file)
        before = membership_in(self._folder)
        if before is not None:
            raise _joined_already(before)
        return invitation

    def join(self, file: Path, invitation: Invitation, password: str) -> Joined:
        """Set the person's own password, and work on the office from now on.

        A person who has joined already, whose answer was lost or who has left, joins again with the same password.
        """
        with self._alone_in(self._folder):
            address = self.accept(file, invitation, password)
            return self._enter(self._server_at(address), address, None)

    def accept(self, file: Path, invitation: Invitation, password: str) -> OfficeAddress:
        """Set the person's own password on the server; return the address by which the folder may enter.

        Nothing of the folder is changed, so it may be in use.
        """
        own = invitation.address(password)
        try:
            office = self._server_at(invitation.address(invitation.password))
            office.check()
            office.join(password)
        except StoreError as error:
            if error.message is not StoreMessage.OFFICE_REFUSED:
                raise
            self._check_again(file, invitation, own)
        return own

    def enter(self, address: OfficeAddress, workstation: str = "") -> Joined:
        """Work on an office that accepted this person, from now on; `workstation` is this computer's name there."""
        with self._alone_in(self._folder):
            before = membership_in(self._folder)
            if before is not None:
                raise _joined_already(before)
            return self._enter(self._server_at(address), address, None, workstation)

    def _check_again(self, file: Path, invitation: Invitation, own: OfficeAddress) -> None:
        """Try the person's own password, as the one for one use is no longer valid."""
        try:
            self._server_at(own).check()
        except StoreError as error:
            if error.message is not StoreMessage.OFFICE_REFUSED:
                raise
            is_over = invitation.expires_at < time.time()
            message = StoreMessage.INVITATION_EXPIRED if is_over else StoreMessage.INVITATION_USED
            raise StoreError(StoreProblem.REFUSED, message, file=file, day=local_day(invitation.expires_at)) from error

    def workstations(self, given: str | None) -> tuple[OfficeMembership, list[Workstation]]:
        """Return the membership, and the workstations that are in the office."""
        membership = self._membership()
        office = self._own_server(membership, given)
        office.see_workstation(membership.workstation, __version__)
        return membership, office.workstations()

    def name(self, given: str | None) -> str:
        """Return the office's own name, "" where it has none."""
        return self._own_server(self._membership(), given).name()

    def withdraw(self, person: str, given: str | None) -> None:
        """Take a person's access to the office; what they did stays in the history."""
        self._own_server(self._membership(), given).withdraw(person.strip())

    def people(self, given: str | None) -> list[InvitedPerson]:
        """Return everybody who was ever invited to the office, by name."""
        return self._own_server(self._membership(), given).invited_people()

    def note_backup(self, given: str | None) -> None:
        """Note that the office's database has just been backed up."""
        self._own_server(self._membership(), given).note_backup()

    def last_backup(self, given: str | None) -> LastBackup | None:
        """Return what the office knows of its backups."""
        return self._own_server(self._membership(), given).last_backup()

    def is_closed(self, given: str | None) -> bool:
        """Whether the office's queue was moved out of it."""
        return self._own_server(self._membership(), given).is_closed()

    def leave(self, given: str | None) -> None:
        """Work on the folder's own queue again, also where the server is away or the membership is damaged."""
        with self._alone_in(self._folder):
            # The list of workstations is a convenience; leaving must work without the server.
            with suppress(StoreError):
                self.tell_leaving(given)
            self._forget_office()

    def keep_password(self, password: str) -> None:
        """Store this person's password in the keyring, once the server accepts it."""
        membership = self._membership()
        self._server_at(membership.address(password)).check()
        keep_password(membership, password)

    def tell_leaving(self, given: str | None) -> None:
        """Take this workstation off the office's list. Raise StoreError where that fails, or donors wait here."""
        membership = self._membership()
        self._refuse_to_strand(membership)
        office = self._own_server(membership, given)
        office.remove_workstation(membership.workstation)

    def leave_folder(self) -> None:
        """Work on the folder's own queue again, without a word to the server."""
        with self._alone_in(self._folder):
            self._forget_office()

    def _forget_office(self) -> None:
        try:
            membership = membership_in(self._folder)
        except StoreError as error:
            if error.trouble is not StoreProblem.DAMAGED:
                raise
            remove_membership(self._folder)
            return
        if membership is None:
            raise StoreError(StoreProblem.MISSING, StoreMessage.NOT_IN_OFFICE)
        self._refuse_to_strand(membership)
        remove_membership(self._folder)
        forget_password(membership)

    def refuse_to_strand(self) -> None:
        """Raise StoreError while donors wait here for the office that is to be left."""
        self._refuse_to_strand(self._membership())

    def _own_server(self, membership: OfficeMembership, given: str | None) -> OfficeServer:
        """Return the server of the office that the folder works on, with the person's own login."""
        return self._server_at(membership.address(password_of(membership, given)))

    def _refuse_to_strand(self, membership: OfficeMembership) -> None:
        waiting = len(self._outbox_of(self._folder, membership).entries())
        if waiting:
            file = self._folder / OUTBOX_FILE
            raise StoreError(StoreProblem.REFUSED, StoreMessage.OUTBOX_NOT_EMPTY, count=waiting, file=file)

    def _membership(self) -> OfficeMembership:
        membership = membership_in(self._folder)
        if membership is None:
            raise StoreError(StoreProblem.MISSING, StoreMessage.NOT_IN_OFFICE)
        return membership

    def _enter(
        self, office: OfficeServer, address: OfficeAddress, before: OfficeMembership | None, workstation: str = ""
    ) -> Joined:
        """Keep the membership, which is saved last: until then the folder works on its own queue."""
        member = office.member()
        if before is None:
            name = office.add_workstation(workstation or this_workstation(), __version__)
        else:
            name = before.workstation
            office.see_workstation(name, __version__)
        membership = OfficeMembership(
            host=address.host,
            port=address.port,
            database=address.database,
            user=address.user,
            person=member.person,
            role=member.role,
            workstation=name,
            ca=address.ca,
        )
        location = keep_password(membership, address.password)
        save_membership(self._folder, membership)
        return Joined(membership, location, office.is_closed())

    @staticmethod
    def _refuse_another(before: OfficeMembership, server: ServerUrl) -> None:
        ours = (before.host, before.port, before.database, before.user)
        if ours != (server.host, server.port, server.database, server.owner):
            raise _joined_already(before)


@contextmanager
def _worded_for_owner() -> Iterator[None]:
    """Raise what a server refuses as an error that says what its owner can do."""
    try:
        yield
    except StoreError as error:
        message = _FOR_OWNER.get(error.message)
        if message is None:
            raise
        raise StoreError(error.trouble, message, **error.values) from error


def this_workstation() -> str:
    """Return the name by which others see this computer where no other one was chosen."""
    return platform.node() or "computer"


def clean_person(name: str) -> str:
    """Return a person's login. Raise StoreError where it cannot be one."""
    clean = name.strip()
    is_odd = not clean.isprintable() or clean.startswith(_RESERVED) or clean.casefold() in _RESERVED_WORDS
    if not clean or is_odd or len(clean.encode()) > _LONGEST_PERSON:
        raise StoreError(StoreProblem.REFUSED, StoreMessage.PERSON_NAME_ODD, person=clean)
    return clean


def clean_office_name(name: str) -> str:
    """Return an office's own name, "" for none. Raise StoreError where it cannot be one."""
    clean = name.strip()
    if not clean.isprintable() or len(clean) > _LONGEST_OFFICE:
        raise StoreError(StoreProblem.REFUSED, StoreMessage.OFFICE_NAME_ODD, name=clean)
    return clean


def _joined_already(membership: OfficeMembership) -> StoreError:
    return StoreError(
        StoreProblem.REFUSED,
        StoreMessage.OFFICE_JOINED_ALREADY,
        database=membership.database,
        server=membership.server,
    )
