"""An account that sees what a whole office asks of it: who, what, when, and how many requests are open at once."""

import io
import json
import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from ac_desktop.practice.account import NEWCOMERS_LIST, PracticeAccount
from ac_desktop.practice.application import CONNECTION, PracticeApplication
from ac_desktop.practice.faults import WELL, Faults, Incoming
from ac_desktop.practice.records import MemberStatus
from ac_desktop.practice.request_log import operation
from ac_desktop.practice.server import HOST, WsgiApplication
from tests.office.arrivals import TimedServer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

QUICKEST: Final = 0.05
SLOWEST: Final = 0.3
_SYNC: Final = "contact/sync"
_LIST: Final = "contactLists"
STEPS: Final = frozenset({_SYNC, _LIST})
"""What changes the account; everything else only asks."""

WhoIs = Callable[[str, int], str]
"""Returns the workstation that a request's address and port belong to, "" where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as the account saw it; times are this computer's monotonic clock.

    `open_then` are the requests that were open at its arrival, itself included, and `refused_before` the attempts that
    had been refused by then since the account last took one. `ended` is None where no answer left.
    """

    number: int
    at: float
    who: str
    what: str
    email: str
    open_then: int
    refused_before: int
    status: int = 0
    ended: float | None = None

    @property
    def is_taken(self) -> bool:
        """Whether the account did what was asked."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_attempt(self) -> bool:
        """Whether it belongs to the relay of a donor, and not to a look at the account."""
        return self.what in STEPS or self.what.startswith("contacts/")


class OfficeAccount:
    """A practice account whose every request is kept; its faults can be changed at any time."""

    def __init__(
        self,
        *,
        rate: float = 5.0,
        seed: int = 7,
        quickest: float = QUICKEST,
        slowest: float = SLOWEST,
        account: PracticeAccount | None = None,
    ) -> None:
        self._account = account or PracticeAccount(keep_requests=0)
        self._rate = rate
        self._stopping = threading.Event()
        self._server = TimedServer(0, None)
        self._thread = threading.Thread(target=self._server.serve, name="account", daemon=True)
        self.key: Final = self._account.add_key()
        self._dice = random.Random(seed)  # noqa: S311  repeatable, not a secret
        self._slow = (quickest, slowest)
        self._lock = threading.Lock()
        self._requests: dict[int, Request] = {}
        self._number = 0
        self._open = 0
        self._refused = 0
        self._emails: dict[str, str] = {}
        self.faults: Faults = WELL
        self.who_is: WhoIs = lambda *_: ""
        self._account.set_schedule(self._faults_of)

    @property
    def port(self) -> int:
        """The port it listens on."""
        port: int = self._server.bind_addr[1]
        return port

    @property
    def url(self) -> str:
        """The API URL."""
        return f"http://{HOST}:{self.port}"

    @property
    def list_id(self) -> str:
        """The list that donors are put onto."""
        return NEWCOMERS_LIST

    def start(self) -> "OfficeAccount":
        """Begin to answer."""
        self._server.prepare()
        application = PracticeApplication(self._account, self._rate, 0.0, self.url, self._stopping)
        self._server.wsgi_app = self._record(application)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering."""
        self._stopping.set()
        self._server.stop()
        self._thread.join()

    def requests(self) -> list[Request]:
        """Return every request so far, in the order of arrival."""
        with self._lock:
            return list(self._requests.values())

    def forget(self) -> None:
        """Begin the record of requests, and the count of refused attempts, anew."""
        with self._lock:
            self._requests = {}
            self._refused = 0

    def opt_out(self, number: int) -> list[str]:
        """Add people who have left the list; return their addresses."""
        made = self._account.add_contacts(number, list_id=self.list_id, status=MemberStatus.UNSUBSCRIBED, prefix="left")
        return [contact.email for contact in made]

    def members(self) -> set[str]:
        """Return the addresses on the list."""
        return {contact.email for contact in self._account.members(self.list_id, MemberStatus.ACTIVE)}

    def _faults_of(self, _incoming: Incoming) -> Faults:
        with self._lock:
            seconds = self._dice.uniform(*self._slow)
        return replace(self.faults, slow_seconds=seconds)

    def _record(self, application: WsgiApplication) -> WsgiApplication:
        def recorded(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            number = self.arrived(environ)
            status = 0

            def start(line: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
                nonlocal status
                status = int(line.split(maxsplit=1)[0])
                return start_response(line, headers, *rest)

            try:
                return application(environ, start)
            finally:
                self.answered(number, status)

        return recorded

    def arrived(self, environ: "WSGIEnvironment") -> int:
        """Record a request at its arrival; return its number."""
        at = environ[CONNECTION].arrived_at or time.monotonic()
        who = self.who_is(environ["REMOTE_ADDR"], int(environ["REMOTE_PORT"]))
        what = operation(environ["PATH_INFO"])
        content = content_of(environ) if what in STEPS else {}
        with self._lock:
            self._open += 1
            self._number += 1
            self._requests[self._number] = Request(
                number=self._number,
                at=at,
                who=who,
                what=what,
                email=self._email(what, content),
                open_then=self._open,
                refused_before=self._refused,
            )
            return self._number

    def _email(self, what: str, content: dict[str, Any]) -> str:
        if what == _SYNC:
            return str(content.get("contact", {}).get("email", ""))
        if what == _LIST:
            contact = self._account.contact_by_id(str(content.get("contactList", {}).get("contact", "")))
            return contact.email if contact is not None else ""
        return ""

    def answered(self, number: int, status: int) -> None:
        """Record how a request was answered, 0 where no answer left."""
        with self._lock:
            self._open -= 1
            arrived = self._requests.get(number)
            if arrived is None:
                return
            request = self._requests[number] = replace(arrived, status=status, ended=time.monotonic())
            if not request.is_attempt:
                return
            if not request.is_taken:
                self._refused += 1
            elif request.what == _LIST:
                self._refused = 0


def content_of(environ: "WSGIEnvironment") -> dict[str, Any]:
    """Return a request's JSON, and leave the body to be read again."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
