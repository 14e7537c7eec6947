"""Whatever the network does: the table's cause is shown, nobody is lost, and nobody is sent twice or for another."""

import ssl
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests.adapters

from ac_desktop.activecampaign import client
from ac_desktop.activecampaign.client import LARGEST_BODY
from ac_desktop.model.connection import Connection, ConnectionSettings
from ac_desktop.model.states import Outcome
from tests.harness import Harness, donors
from tests.promises.counts import FAULTS_TRIED, count
from tests.promises.network_faults import DOCUMENT, FAULTS, LIST, SYNC, Fault, document
from tests.promises.proxy import Certificates, FaultProxy


@pytest.fixture(scope="module")
def certificates() -> Certificates:
    return Certificates()


@pytest.fixture(autouse=True)
def _trusting(certificates: Certificates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(certificates.trusted(tmp_path)))


def _ways() -> Iterator[tuple[Fault, str, bool]]:
    """Try each fault at the contact step over TLS, and at the list step without, where it can be had there."""
    for fault in FAULTS:
        if fault.only_at != LIST:
            yield fault, SYNC, True
        if fault.tamper is not None and not fault.is_waited_out and fault.only_at != SYNC:
            yield fault, LIST, False


@contextmanager
def _short_of_patience(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        if fault.is_waited_out:
            patched.setattr(client, "READ_TIMEOUT", 0.2)
            patched.setattr(client, "WHOLE_TIMEOUT", 0.4)
        yield


@pytest.mark.parametrize(
    ("fault", "path", "tls"),
    [pytest.param(*way, id=f"{way[0].name}, {way[1].replace('/', ' ')}") for way in _ways()],
)
def test_what_the_network_does(
    tmp_path: Path, certificates: Certificates, monkeypatch: pytest.MonkeyPatch, fault: Fault, path: str, *, tls: bool
) -> None:
    with Harness(tmp_path / "data", workers=1) as harness, _proxy(harness, certificates, fault, path, tls=tls) as proxy:
        connection = _connect(harness, proxy)
        harness.queue(connection, donors(1))
        with _short_of_patience(fault, monkeypatch), _memory_bounded(fault):
            _relay_once(harness, connection, proxy)
        (first,) = harness.services.history.attempts(connection.id)
        after_first = harness.now_is(connection).circuit.streak
        waiting = harness.counts(connection).waiting
        proxy.mend()
        counts = harness.relay(connection)

        assert (first.cause, first.reason.code if first.reason else None) == (fault.cause, fault.reason)
        assert first.outcome is (Outcome.WAITING if fault.cause else Outcome.SENT)
        assert (after_first, first.streak, waiting) == ((1, 1, 1) if fault.cause else (0, 0, 0))
        assert (counts.sent, counts.rows) == (1, 1)
        assert harness.emails_on_list() == {"donor0@example.org"}
        assert len(harness.account.contacts()) == 1
        assert harness.now_is(connection).circuit.streak == 0
        count(FAULTS_TRIED)


def _proxy(harness: Harness, certificates: Certificates, fault: Fault, path: str, *, tls: bool) -> FaultProxy:
    spoilt: ssl.SSLContext | None = fault.certificate(certificates) if fault.certificate else None
    return FaultProxy(
        harness.server.port,
        tls=certificates.good if tls else None,
        tampered_path=path,
        tamper=fault.tamper,
        greet=fault.greet,
        spoilt_tls=spoilt,
        listens=fault.listens,
    )


def _connect(harness: Harness, proxy: FaultProxy) -> Connection:
    settings = ConnectionSettings(
        name="Spring", address=proxy.address, list_id=harness.server.list_id, list_name="Donors", consent_guard=True
    )
    connection = harness.services.connections.create(settings, harness.clock.now())
    harness.services.keys.set(harness.services.connections.key_name(connection.id), harness.server.key)
    return connection


def _relay_once(harness: Harness, connection: Connection, proxy: FaultProxy) -> None:
    """Relay until the first attempt has ended."""
    engine = harness.services.engine

    def one_has_ended() -> None:
        if not proxy.is_mended and harness.services.history.attempts(connection.id):
            engine.halt(connection.id)

    engine.subscribe(one_has_ended)
    harness.relay(connection)


@contextmanager
def _memory_bounded(fault: Fault) -> Iterator[None]:
    """Limit the memory to a few of the largest answers that are read."""
    if not fault.is_endless:
        yield
        return
    tracemalloc.start()
    try:
        yield
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 16 * LARGEST_BODY


def test_the_table_for_people_is_the_one_that_is_tried() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "write it anew: python -m tests.promises.network_faults"
