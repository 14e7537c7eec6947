"""Webhooks as Anedot sends them: made-up gifts, signed, over real sockets."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ac_desktop.automation.events import AutomationEvent
from ac_desktop.automation.webhook_server import WebhookServer, signature_of
from ac_desktop.model.connection import Connection
from tests.harness import Harness

SECRET = "markersecret" + "5" * 40
HEADER = "X-Request-Signature"


def gift(number: int, event: str = "donation_completed", **more: Any) -> bytes:
    """Return the body of a made-up gift."""
    payload = {
        "submission_id": f"00000000-0000-4000-8000-{number:012d}",
        "donation": {"id": f"d{number:020d}"},
        "action_page_id": "00000000-0000-4000-8000-000000000002",
        "action_page_name": "Spring Appeal",
        "created_at": "2026-05-11 22:06:25 UTC",
        "email": f"donor{number}@example.org",
        "phone": f"1225250{number % 10000:04d}",
        "first_name": f"First{number}",
        "last_name": f"Last{number}",
        "amount_in_dollars": "25.0",
        **more,
    }
    return json.dumps({"event": event, "payload": payload}).encode()


def post(address: str, body: bytes, signature: str | None = None, *, method: str = "POST", timeout: float = 60) -> int:
    """Send a body, signed rightly where no other signature is given; return the status of the answer."""
    url = urlsplit(address)
    client = http.client.HTTPConnection(url.hostname or "", url.port, timeout=timeout)
    try:
        headers = {HEADER: signature_of(body, SECRET) if signature is None else signature}
        client.request(method, url.path, body, headers)
        answer = client.getresponse()
        answer.read()
        return answer.status
    finally:
        client.close()


class Hooks:
    """A connection whose webhooks are served."""

    def __init__(self, harness: Harness, server: WebhookServer, connection: Connection) -> None:
        self.harness = harness
        self.server = server
        self.connection = connection
        self.address = server.address_of(connection)

    def post(self, body: bytes, signature: str | None = None) -> int:
        return post(self.address, body, signature)

    def emails(self) -> list[str]:
        """Return who is in the queue to go, once for each record."""
        rows = self.harness.services.database.rows("SELECT email FROM record WHERE state <> 'skipped' ORDER BY id")
        return [row["email"] for row in rows]

    def count(self, query: str) -> int:
        ((number,),) = self.harness.services.database.rows(query)
        return int(number)


@contextmanager
def hooks(folder: Path, events: list[AutomationEvent], *, with_secret: bool = True) -> Iterator[Hooks]:
    """Serve the webhooks of one connection, whose name needs quoting in an address."""
    with Harness(folder) as harness:
        connection = harness.connect("Spring/Otoño 2026")
        if with_secret:
            harness.services.webhook_secrets.set(connection.id, SECRET)
        with WebhookServer(harness.services, "127.0.0.1", 0, events.append) as server:
            yield Hooks(harness, server, connection)
