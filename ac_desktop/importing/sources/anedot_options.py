"""What the environment says of Anedot's API."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AnedotOptions:
    """A key for this run, which is stored nowhere, and another address on this computer."""

    key: str | None = None
    url: str | None = None
