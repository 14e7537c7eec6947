"""What people may do in an office."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do: staff work on the queue, admins invite people too, and a relay only sends."""

    STAFF = "staff"
    ADMIN = "admin"
    RELAY = "relay"
