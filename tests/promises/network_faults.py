"""The table of what a network can do to an answer, and what comes of it: the cause shown, the record, the streak.

`python -m tests.promises.network_faults` writes it down for people; a test tries every row and checks what is written.
"""

import gzip
import socket
import ssl
import struct
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ac_desktop.activecampaign.client import LARGEST_BODY
from ac_desktop.model.reasons import ReasonCode
from ac_desktop.model.states import Cause
from tests.promises.proxy import Certificates, Exchange, Greet, Tamper

SYNC: Final = "contact/sync"
LIST: Final = "contactLists"
DOCUMENT: Final = Path(__file__).with_suffix(".md")
_STRANGER: Final = b'{"contact":{"email":"someone.else@example.org","id":"4711"},"contactList":{"contact":"4711",'
_STRANGERS: Final = _STRANGER + b'"list":"1","status":1}}'


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One row. Without a cause the donor arrives all the same, and nothing is counted."""

    name: str
    cause: Cause | None = None
    reason: ReasonCode | None = None
    tamper: Tamper | None = None
    greet: Greet | None = None
    certificate: Callable[[Certificates], ssl.SSLContext] | None = None
    listens: bool = True
    only_at: str = ""
    is_waited_out: bool = False
    is_endless: bool = False


def _passing(name: str, reason: ReasonCode, tamper: Tamper, *, waited: bool = False, endless: bool = False) -> Fault:
    return Fault(name=name, cause=Cause.PASSING, reason=reason, tamper=tamper, is_waited_out=waited, is_endless=endless)


def _account(name: str, reason: ReasonCode, tamper: Tamper) -> Fault:
    return Fault(name=name, cause=Cause.ACCOUNT, reason=reason, tamper=tamper)


def _tls(name: str, certificate: Callable[[Certificates], ssl.SSLContext]) -> Fault:
    return Fault(name=name, cause=Cause.ACCOUNT, reason=ReasonCode.TLS_FAILED, certificate=certificate)


def _reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _closes(_: Exchange) -> None:
    """Close without a word."""


def _resets(exchange: Exchange) -> None:
    _reset(exchange.client)


def _loses_answer(exchange: Exchange) -> None:
    exchange.real_answer()


def _resets_after(exchange: Exchange) -> None:
    exchange.real_answer()
    _reset(exchange.client)


def _cuts(part: Callable[[bytes], int], *, then: Tamper = _closes) -> Tamper:
    def cut(exchange: Exchange) -> None:
        answer = exchange.real_answer()
        exchange.send(answer[: part(answer)])
        then(exchange)

    return cut


def _in_head(answer: bytes) -> int:
    return answer.index(b"\r\n") + 20


def _in_body(answer: bytes) -> int:
    return (answer.index(b"\r\n\r\n") + len(answer)) // 2


def _after_head(answer: bytes) -> int:
    return answer.index(b"\r\n\r\n") + 4


def _stays_silent(exchange: Exchange) -> None:
    exchange.wait_for_mending()


def _says(data: bytes) -> Tamper:
    return lambda exchange: exchange.send(data)


def _answers(body: bytes, *headers: str, status: str = "200 OK") -> Tamper:
    head = "".join(f"{header}\r\n" for header in (f"Content-Length: {len(body)}", *headers))
    return _says(f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body)


def _once(tamper: Tamper) -> Tamper:
    def tamper_and_mend(exchange: Exchange) -> None:
        tamper(exchange)
        exchange.mended.set()

    return tamper_and_mend


def _busy(status: str) -> Tamper:
    return _once(_answers(b"", "Retry-After: 1", "Connection: close", status=status))


def _before(data: bytes) -> Tamper:
    return lambda exchange: exchange.send(data + exchange.real_answer())


def _for_ever(head: bytes, piece: bytes, pause: float = 0.0) -> Tamper:
    def drip(exchange: Exchange) -> None:
        exchange.send(head)
        until = time.monotonic() + 60
        while not exchange.mended.wait(pause) and time.monotonic() < until:
            exchange.send(piece)

    return drip


def _byte_by_byte(exchange: Exchange) -> None:
    exchange.client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for byte in exchange.real_answer():
        exchange.send(bytes((byte,)))


def _late(exchange: Exchange) -> None:
    answer = exchange.real_answer()
    exchange.mended.wait(0.05)
    exchange.send(answer)


def _parts(answer: bytes) -> tuple[bytes, bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    return b"\r\n".join(lines), body


def _chunked(exchange: Exchange) -> None:
    head, body = _parts(exchange.real_answer())
    chunks = b"".join(b"1\r\n" + bytes((byte,)) + b"\r\n" for byte in body)
    exchange.send(head + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")


def _chunks_cut(exchange: Exchange) -> None:
    head, body = _parts(exchange.real_answer())
    exchange.send(head + b"\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body[:-5])


def _bad_chunks(exchange: Exchange) -> None:
    head, body = _parts(exchange.real_answer())
    exchange.send(head + b"\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + body + b"\r\n0\r\n\r\n")


def _with_length(length: Callable[[int], str]) -> Tamper:
    def lie(exchange: Exchange) -> None:
        head, body = _parts(exchange.real_answer())
        exchange.send(head + f"\r\nContent-Length: {length(len(body))}\r\n\r\n".encode() + body)

    return lie


def _packed(exchange: Exchange) -> None:
    head, body = _parts(exchange.real_answer())
    packed = gzip.compress(body, mtime=0)
    exchange.send(head + f"\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode() + packed)


def _bomb(exchange: Exchange) -> None:
    packer, piece = zlib.compressobj(wbits=31), b"x" * LARGEST_BODY
    packed = b"".join(packer.compress(piece) for _ in range(64)) + packer.flush()
    _answers(packed, "Content-Encoding: gzip")(exchange)


def _redirect(status: str, scheme: str, host: str) -> Tamper:
    return _answers(b"", f"Location: {scheme}://{host}/api/3/elsewhere", status=status)


def _greets_without_tls(client: socket.socket) -> None:
    client.recv(65536)
    client.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


def _hangs_up_on_tls(client: socket.socket) -> None:
    client.recv(65536)


def _resets_on_tls(client: socket.socket) -> None:
    client.recv(65536)
    _reset(client)


_R = ReasonCode
_PAGE: Final = b"<html><title>Welcome to the guest network</title><p>Please accept our terms.</p></html>"
_OK_ENDLESS: Final = b'HTTP/1.1 200 OK\r\n\r\n{"contact":"'

FAULTS: Final = (
    # What is slow or odd and still well.
    Fault(name="the answer comes late", tamper=_late),
    Fault(name="the answer comes byte by byte", tamper=_byte_by_byte),
    Fault(name="the answer comes in chunks of one byte", tamper=_chunked),
    Fault(name="the answer comes compressed", tamper=_packed),
    Fault(name="100 Continue comes first", tamper=_before(b"HTTP/1.1 100 Continue\r\n\r\n")),
    Fault(
        name="several provisional answers come first (100, 102, 103)",
        tamper=_before(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
            b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
        ),
    ),
    Fault(name="429: too many requests", tamper=_busy("429 Too Many Requests")),
    Fault(name="503 that says when to come back", tamper=_busy("503 Unavailable")),
    # No connection, or one that breaks.
    Fault(name="nobody listens", cause=Cause.PASSING, reason=_R.UNREACHABLE, listens=False),
    _passing("the request is lost", _R.CONNECTION_LOST, _closes),
    _passing("the request is lost and the connection reset", _R.CONNECTION_LOST, _resets),
    _passing("the request arrives and the answer is lost", _R.CONNECTION_LOST, _loses_answer),
    _passing("the request arrives and the connection is reset", _R.CONNECTION_LOST, _resets_after),
    _passing("the answer ends within its first lines", _R.CONNECTION_LOST, _cuts(_in_head)),
    _passing("the answer ends within its body", _R.CONNECTION_LOST, _cuts(_in_body)),
    _passing("the answer's body never comes", _R.CONNECTION_LOST, _cuts(_after_head)),
    _passing("the connection is reset within the body", _R.CONNECTION_LOST, _cuts(_in_body, then=_resets)),
    _passing("the last chunk is cut off", _R.CONNECTION_LOST, _chunks_cut),
    # Silence.
    _passing("no answer comes", _R.TIMED_OUT, _stays_silent, waited=True),
    _passing("the answer stops within its first lines", _R.TIMED_OUT, _cuts(_in_head, then=_stays_silent), waited=True),
    _passing("the answer stops within its body", _R.TIMED_OUT, _cuts(_in_body, then=_stays_silent), waited=True),
    _passing(
        "the first lines drip for ever", _R.TIMED_OUT, _for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"y", 0.01), waited=True
    ),
    _passing("the body drips for ever", _R.TIMED_OUT, _for_ever(_OK_ENDLESS, b"y", 0.01), waited=True),
    _passing(
        "a chunk's length drips for ever",
        _R.TIMED_OUT,
        _for_ever(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0", 0.01),
        waited=True,
    ),
    _passing(
        "100 Continue comes for ever", _R.TIMED_OUT, _for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), waited=True
    ),
    # Too much.
    _passing("a body without end", _R.BROKEN_ANSWER, _for_ever(_OK_ENDLESS, b"x" * 65536), endless=True),
    _passing(
        "a body as long as a disk",
        _R.BROKEN_ANSWER,
        _for_ever(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\n", b"x" * 65536),
        endless=True,
    ),
    _passing("a small compressed body that unpacks to 256 MB", _R.BROKEN_ANSWER, _bomb, endless=True),
    _passing("first lines without end", _R.CONNECTION_LOST, _for_ever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 500)),
    _passing("one first line without end", _R.CONNECTION_LOST, _for_ever(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65536)),
    # Nonsense.
    _passing("something else than HTTP", _R.CONNECTION_LOST, _says(b"220 mail.example.org ESMTP\r\n")),
    _passing("garbage", _R.CONNECTION_LOST, _says(bytes(range(256)) * 16)),
    _passing("a status that is no number", _R.CONNECTION_LOST, _says(b"HTTP/1.1 abc\r\n\r\n")),
    _passing("chunks that are none", _R.CONNECTION_LOST, _bad_chunks),
    _passing(
        "compressed, it says, and is not", _R.BROKEN_ANSWER, _answers(b"no gzip at all", "Content-Encoding: gzip")
    ),
    _passing("a length that is too long", _R.CONNECTION_LOST, _with_length(lambda length: str(length + 500))),
    _passing("a length that is too short", _R.BROKEN_ANSWER, _with_length(lambda length: str(length // 2))),
    _passing("two lengths that disagree", _R.CONNECTION_LOST, _with_length(lambda length: f"{length}, {length + 9}")),
    _passing("a success without a body", _R.BROKEN_ANSWER, _answers(b"", status="204 No Content")),
    _passing("JSON that ends too early", _R.BROKEN_ANSWER, _answers(b'{"contact":{"id":"7"')),
    _passing("JSON nested without end", _R.BROKEN_ANSWER, _answers(b"[" * 200_000)),
    _passing("JSON that is not UTF-8", _R.BROKEN_ANSWER, _answers(b'{"contact":{"id":"7","name":"n\xfa"}}')),
    # Somebody else's answer.
    Fault(
        name="the contact step gets somebody else's answer",
        cause=Cause.PASSING,
        reason=_R.CONTACT_NOT_CONFIRMED,
        tamper=_answers(_STRANGERS),
        only_at=SYNC,
    ),
    Fault(
        name="the list step gets somebody else's answer",
        cause=Cause.PASSING,
        reason=_R.LIST_NOT_CONFIRMED,
        tamper=_answers(_STRANGERS),
        only_at=LIST,
    ),
    _passing("502 from a gateway", _R.SERVER_TROUBLE, _answers(_PAGE, status="502 Bad Gateway")),
    _passing("504 from a gateway", _R.SERVER_TROUBLE, _answers(_PAGE, status="504 Gateway Timeout")),
    _passing("503 that says no time", _R.SERVER_TROUBLE, _answers(b"", status="503 Service Unavailable")),
    _passing("511: a guest network wants a login", _R.SERVER_TROUBLE, _answers(_PAGE, status="511 Login required")),
    _passing("408: the request took too long", _R.TIMED_OUT, _answers(b"", status="408 Request Timeout")),
    _account("a guest network's page", _R.WEB_PAGE, _answers(_PAGE, "Content-Type: text/html")),
    _account("407: a proxy wants a login", _R.PROXY_FAILED, _answers(b"", status="407 Proxy login required")),
    _account("a redirect on the same host", _R.REDIRECTED, _redirect("302 Found", "https", "localhost")),
    _account("a redirect to another host", _R.REDIRECTED, _redirect("308 Permanent", "https", "other.example.org")),
    _account("a redirect to http", _R.REDIRECTED, _redirect("301 Moved", "http", "localhost")),
    # TLS.
    _tls("another host's certificate", lambda certificates: certificates.other_host),
    _tls("an expired certificate", lambda certificates: certificates.expired),
    _tls("a certificate from the future", lambda certificates: certificates.not_yet),
    _tls("a self-signed certificate", lambda certificates: certificates.self_signed),
    _tls("a certificate that nobody vouches for", lambda certificates: certificates.nobodys),
    Fault(name="no TLS at all", cause=Cause.ACCOUNT, reason=_R.TLS_FAILED, greet=_greets_without_tls),
    Fault(name="TLS is broken off", cause=Cause.PASSING, reason=_R.CONNECTION_LOST, greet=_hangs_up_on_tls),
    Fault(name="TLS is reset", cause=Cause.PASSING, reason=_R.CONNECTION_LOST, greet=_resets_on_tls),
)


def document() -> str:
    """Return the table as people read it."""
    lines = [
        "# What the network can do, and what comes of it",
        "",
        "Between this program and an account, at either step of a relay. Written down from the table that",
        "`test_network.py` tries, row by row, on real sockets: `python -m tests.promises.network_faults` does it anew.",
        "",
        "In every row memory and time are bounded, the donor arrives exactly once when the network is well again, and",
        "that success sets the streak back to 0.",
        "",
        "| what the network does | cause | shown as | the record | the streak |",
        "|---|---|---|---|---|",
    ]
    for fault in FAULTS:
        if fault.cause is None or fault.reason is None:
            lines.append(f"| {fault.name} | none | nothing | sent | 0 |")
        else:
            lines.append(f"| {fault.name} | {fault.cause} | `{fault.reason}` | waits | + 1 |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
