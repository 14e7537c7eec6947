"""Detection that this computer is offline (rule 4)."""

import errno
import socket
from typing import Final

from ac_desktop.model.address import is_loopback

_NO_ROUTE: Final = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_TEST_ADDRESSES: Final = (
    (socket.AF_INET, ("192.0.2.1", 443)),
    (socket.AF_INET6, ("2001:db8::1", 443)),
)
"""Addresses reserved for documentation: connecting a UDP socket to them sends nothing."""


def offline(account: str) -> bool:
    """Whether this computer has no route to the internet; an account on this computer is never offline."""
    return not is_loopback(account) and not any(_has_route(family, target) for family, target in _TEST_ADDRESSES)


def _has_route(family: socket.AddressFamily, target: tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(target)
    except OSError as error:
        return error.errno not in _NO_ROUTE and family == socket.AF_INET
    return True
