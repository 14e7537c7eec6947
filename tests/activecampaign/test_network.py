"""Knowing that this computer is offline, without sending anything."""

import errno
import socket
from typing import Self

import pytest

from ac_desktop.activecampaign import network


class Probe:
    """Replaces the kernel's answer, which cannot be chosen here."""

    def __init__(self, error: int) -> None:
        self._error = error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was opened."""

    def connect(self, _target: object) -> None:
        if self._error:
            raise OSError(self._error, "made up")


def answering(monkeypatch: pytest.MonkeyPatch, four: int, six: int) -> None:
    probes = {socket.AF_INET: Probe(four), socket.AF_INET6: Probe(six)}
    monkeypatch.setattr(socket, "socket", lambda family, _kind: probes[family])


@pytest.mark.parametrize("account", ["127.0.0.1:5000", "localhost"])
def test_an_account_on_this_computer_is_always_within_reach(monkeypatch: pytest.MonkeyPatch, account: str) -> None:
    answering(monkeypatch, errno.ENETUNREACH, errno.ENETUNREACH)
    assert not network.offline(account)


@pytest.mark.parametrize("error", [errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL])
def test_no_way_out_in_either_family_is_offline(monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    answering(monkeypatch, error, error)
    assert network.offline("acct.api-us1.com")


@pytest.mark.parametrize(("four", "six"), [(0, errno.ENETUNREACH), (errno.ENETUNREACH, 0), (0, 0)])
def test_one_way_out_is_enough(monkeypatch: pytest.MonkeyPatch, four: int, six: int) -> None:
    answering(monkeypatch, four, six)
    assert not network.offline("acct.api-us1.com")


def test_an_error_that_says_nothing_of_the_network_is_no_reason_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, errno.EACCES, errno.EAFNOSUPPORT)
    assert not network.offline("acct.api-us1.com")
    answering(monkeypatch, errno.ENETUNREACH, errno.EAFNOSUPPORT)
    assert network.offline("acct.api-us1.com")
