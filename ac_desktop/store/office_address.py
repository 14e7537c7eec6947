"""Where an office's database is, and as whom this workstation logs in there."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class OfficeLogin:
    """A database on a PostgreSQL server, with the login of one person but for its password.

    `host` is a host name, an IP address, or the folder of a Unix socket. `ca` is the text of the certificates (PEM) by
    which the server is known; "" where only the system's are.
    """

    host: str
    port: int
    database: str
    user: str
    ca: str = field(default="", repr=False)

    def address(self, password: str) -> "OfficeAddress":
        """Return the database's address with a password."""
        return OfficeAddress(
            host=self.host, port=self.port, database=self.database, user=self.user, password=password, ca=self.ca
        )


@dataclass(frozen=True, kw_only=True)
class OfficeAddress(OfficeLogin):
    """A login with its password, which is never shown, logged or written to a file.

    `workstation` is the name that this one signs with.
    """

    password: str = field(repr=False)
    workstation: str = ""
