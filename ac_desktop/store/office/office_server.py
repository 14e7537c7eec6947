"""What an office needs of its server, whatever its engine: its people, and the workstations that are there."""

from dataclasses import dataclass
from typing import Protocol

from ac_desktop.store.office.care import LastBackup
from ac_desktop.store.office.roles import Role


@dataclass(frozen=True, kw_only=True)
class Workstation:
    """A workstation: its person, its program, when the server last saw it, and the connections that it relays.

    `duty` are the accounts that it has the duty of.
    """

    name: str
    person: str
    version: str
    seen_at: float
    relaying: tuple[str, ...] = ()
    duty: tuple[str, ...] = ()


@dataclass(frozen=True)
class OneUseLogin:
    """A login that may join once, and until when, in seconds since the epoch.

    It is the person's name, or differs from it where another office of the server has a login of that name. `office` is
    the office's own name, "" where it has none.
    """

    login: str
    expires_at: int
    office: str = ""


@dataclass(frozen=True)
class OfficePerson:
    """A person of an office, and what they may do there."""

    person: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class InvitedPerson:
    """A person of an office as its people are listed; times are in seconds since the epoch, None for what was not."""

    person: str
    role: Role
    invited_by: str
    invited_at: float
    joined_at: float | None = None
    withdrawn_by: str = ""
    withdrawn_at: float | None = None


class OfficeServer(Protocol):
    """An office's database, by the login of one person. Raise StoreError where it refuses or cannot be reached."""

    def check(self) -> None:
        """Raise StoreError where this program cannot work on the office."""

    def check_place(self) -> None:
        """Raise StoreError where this login can create no office in the database."""

    def create(self, name: str = "") -> None:
        """Create the office, or update it; the login becomes one of its admins.

        `name` is the office's own name from now on; "" leaves it as it is.
        """

    def name(self) -> str:
        """Return the office's own name, "" where it has none."""

    def invite(self, person: str, role: Role, password: str) -> OneUseLogin:
        """Make a login that may join once with this password.

        For a person who was invited and has not joined the password before stops being valid.
        """

    def join(self, password: str) -> None:
        """Replace this login's password for one use by the person's own."""

    def withdraw(self, person: str) -> None:
        """Take a person's login and rights, and end what they have open; what they did stays in the history."""

    def invited_people(self) -> list[InvitedPerson]:
        """Return everybody who was ever invited, by name."""

    def member(self) -> OfficePerson:
        """Return the person whose login this is."""

    def is_closed(self) -> bool:
        """Whether the office's queue was moved out of it: it is read and nothing more."""

    def add_workstation(self, name: str, version: str) -> str:
        """Add a workstation of this person; return its name, with a number where another one has it."""

    def see_workstation(self, name: str, version: str) -> None:
        """Show that a workstation of this person is there now, with a version of the program."""

    def remove_workstation(self, name: str) -> None:
        """Remove a workstation of this person."""

    def workstations(self) -> list[Workstation]:
        """Return the workstations of the office, by their names."""

    def note_backup(self) -> None:
        """Note that the office's database has just been backed up, as an admin says."""

    def last_backup(self) -> LastBackup | None:
        """Return what the office knows of its backups."""
