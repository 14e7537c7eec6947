"""Where an office's database is, and as whom this workstation logs in there."""

from dataclasses import dataclass, field
from typing import Final

MEMBERSHIP_FILE: Final = "office.json"
"""The file of a data folder that works on an office's queue."""


@dataclass(frozen=True, kw_only=True)
class OfficeAddress:
    """A database on a PostgreSQL server, with the login of one person.

    `host` is a host name, an IP address, or the folder of a Unix socket. `ca` is the text of the certificates (PEM) by
    which the server is known; "" where only the system's are. The password is never shown, logged or written to a file.
    """

    host: str
    port: int
    database: str
    user: str
    password: str = field(repr=False)
    ca: str = field(default="", repr=False)
