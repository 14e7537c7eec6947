"""Whether this computer knows that it is offline (rule 4)."""

import errno
import socket
from typing import Final

from ac_desktop.model.address import is_loopback

_NO_ROUTE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_OUTSIDE: Final = (
    (socket.AF_INET, ("192.0.2.1", 443)),
    (socket.AF_INET6, ("2001:db8::1", 443)),
)
"""Addresses reserved for documentation: asking for the route to them sends nothing."""


def offline(account: str) -> bool:
    """Whether there is no way out of this computer at all; an account on this computer is always within reach."""
    return not is_loopback(account) and not any(_has_route(family, target) for family, target in _OUTSIDE)


def _has_route(family: socket.AddressFamily, target: tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(target)
    except OSError as error:
        return error.errno not in _NO_ROUTE and family == socket.AF_INET
    return True
