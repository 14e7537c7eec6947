"""Which office a data folder works on, and as whom; its password is never in the file."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ac_desktop.model.store_texts import StoreMessage
from ac_desktop.platform.paths import make_data_folder
from ac_desktop.platform.private_files import write_private
from ac_desktop.store.errors import StoreError, StoreProblem, disk_error
from ac_desktop.store.folder_files import MEMBERSHIP_FILE
from ac_desktop.store.office.json_fields import JsonFields
from ac_desktop.store.office.roles import Role
from ac_desktop.store.office_address import OfficeAddress, OfficeLogin

_FORMAT: Final = 1


@dataclass(frozen=True, kw_only=True)
class OfficeMembership(OfficeLogin):
    """An office's database, a person with their login there, and the name by which others see this workstation."""

    person: str
    role: Role
    workstation: str

    def address(self, password: str) -> OfficeAddress:
        """Return the database's address with a password, signed by this workstation."""
        return replace(super().address(password), workstation=self.workstation)

    @property
    def server(self) -> str:
        """The server, as people write it."""
        return server_name(self.host, self.port)


def server_name(host: str, port: int) -> str:
    """Return a server as people write it: its host and its port."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def membership_in(folder: Path) -> OfficeMembership | None:
    """Return the membership of a data folder, None where it has its own queue.

    Raise StoreError where the file cannot be read or understood: the folder's own queue is not the one to work on.
    """
    path = folder / MEMBERSHIP_FILE
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if not path.is_symlink():
            return None
        raise _damaged(path) from None
    except UnicodeDecodeError as error:
        raise _damaged(path) from error
    except OSError as error:
        raise disk_error(error, path) from error
    try:
        fields = JsonFields(content)
        found = fields.whole_number("format")
        if found > _FORMAT:
            raise StoreError(StoreProblem.NEWER, StoreMessage.OFFICE_FILE_NEWER, file=path)
        return OfficeMembership(
            host=fields.text("host"),
            port=fields.port(),
            database=fields.text("database"),
            user=fields.text("user"),
            person=fields.text("person"),
            role=fields.role(),
            workstation=fields.text("workstation"),
            ca=fields.certificates(),
        )
    except ValueError as error:
        raise _damaged(path) from error


def save_membership(folder: Path, membership: OfficeMembership) -> None:
    """Let a data folder work on an office from now on. Raise StoreError where the file cannot be written."""
    content = {
        "format": _FORMAT,
        "host": membership.host,
        "port": membership.port,
        "database": membership.database,
        "user": membership.user,
        "person": membership.person,
        "role": membership.role.value,
        "workstation": membership.workstation,
        "ca": membership.ca,
    }
    try:
        make_data_folder(folder)
        write_private(folder / MEMBERSHIP_FILE, json.dumps(content, indent=1))
    except OSError as error:
        raise disk_error(error, folder / MEMBERSHIP_FILE) from error


def remove_membership(folder: Path) -> None:
    """Let a data folder work on its own queue again. Raise StoreError where the file cannot be removed."""
    try:
        (folder / MEMBERSHIP_FILE).unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error, folder / MEMBERSHIP_FILE) from error


def _damaged(path: Path) -> StoreError:
    return StoreError(StoreProblem.DAMAGED, StoreMessage.OFFICE_FILE_DAMAGED, file=path)
