"""An office that is made up: its server says what the test wants, and a data folder of its own works on it."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ac_desktop.store.errors import StoreError
from ac_desktop.store.office.care import LastBackup
from ac_desktop.store.office.invitation import Invitation, write_invitation
from ac_desktop.store.office.membership import OfficeMembership
from ac_desktop.store.office.office_folder import OfficeFolder
from ac_desktop.store.office.office_server import InvitedPerson, OfficePerson, OneUseLogin, Workstation
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress
from ac_desktop.store.opening import outbox_of

EXPIRES_AT: Final = 1_796_900_000
ONE_USE: Final = "one-use-words"


@dataclass
class MadeUpServer:
    """Answers for each login; `refuses` is raised for a password, whatever is asked with it."""

    refuses: dict[str, StoreError] = field(default_factory=dict)
    passwords: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    roles: dict[str, Role] = field(default_factory=lambda: {"ana": Role.STAFF})
    present: list[Workstation] = field(default_factory=list)
    invited: list[InvitedPerson] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    closed: bool = False
    address: OfficeAddress | None = None
    own_name: str = ""

    def at(self, address: OfficeAddress) -> "MadeUpServer":
        if address.password in self.refuses:
            raise self.refuses[address.password]
        self.address = address
        return self

    def check(self) -> None:
        """Agree to work with this program."""

    def check_place(self) -> None:
        """Agree to be one."""

    def create(self, name: str = "") -> None:
        self.own_name = name or self.own_name

    def name(self) -> str:
        return self.own_name

    def invite(self, person: str, role: Role, password: str) -> OneUseLogin:
        self.roles[person] = role
        self.passwords.append(password)
        return OneUseLogin(person, EXPIRES_AT, self.own_name)

    def join(self, password: str) -> None:
        self.passwords.append(password)

    def member(self) -> OfficePerson:
        assert self.address is not None
        return OfficePerson(self.address.user, self.roles[self.address.user])

    def is_closed(self) -> bool:
        return self.closed

    def add_workstation(self, name: str, version: str) -> str:
        assert version
        self.names.append(name)
        return name

    def see_workstation(self, name: str, version: str) -> None:
        assert name
        assert version

    def remove_workstation(self, name: str) -> None:
        self.names.remove(name)

    def note_backup(self) -> None:
        """Do nothing."""

    def last_backup(self) -> LastBackup | None:
        """Know of no backup."""
        return None

    def withdraw(self, person: str) -> None:
        self.withdrawn.append(person)

    def invited_people(self) -> list[InvitedPerson]:
        return self.invited

    def workstations(self) -> list[Workstation]:
        return self.present


@dataclass
class MadeUpMoves:
    """What would move the office's queue to this computer, or why it would not."""

    refusal: StoreError | None = None
    is_interrupted: bool = False
    asked_with: str | None = None

    def refuse_to_take_along(self, given_password: str | None) -> None:
        self.asked_with = given_password
        if self.refusal is not None:
            raise self.refusal


def office_of(folder: Path, server: MadeUpServer) -> OfficeFolder:
    """Return what changes the office of a data folder, in which nothing else works."""
    return OfficeFolder(folder, server.at, lambda _folder: nullcontext(), outbox_of)


def invitation_in(
    folder: Path, *, person: str = "ana", role: Role = Role.STAFF, user: str = "", office: str = "River Trust"
) -> Path:
    """Write an invitation; return its file."""
    file = folder / f"{person}.acoffice"
    write_invitation(
        file,
        Invitation(
            host="queue.river-trust.example",
            port=5432,
            database="river_trust",
            user=user or person,
            person=person,
            role=role,
            password=ONE_USE,
            expires_at=EXPIRES_AT,
            office=office,
        ),
    )
    return file


def membership(role: Role = Role.STAFF) -> OfficeMembership:
    """Return that of ana, at the front desk."""
    return OfficeMembership(
        host="queue.river-trust.example",
        port=5432,
        database="river_trust",
        user="ana",
        person="ana",
        role=role,
        workstation="Front desk",
    )


def person(
    name: str,
    role: Role,
    *,
    joined_at: float | None = None,
    withdrawn_by: str = "",
    withdrawn_at: float | None = None,
) -> InvitedPerson:
    """Return a person as the office lists them."""
    return InvitedPerson(
        person=name,
        role=role,
        invited_by="ana",
        invited_at=EXPIRES_AT - 900_000,
        joined_at=joined_at,
        withdrawn_by=withdrawn_by,
        withdrawn_at=withdrawn_at,
    )
