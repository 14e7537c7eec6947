"""A clock that does not move, and a caller of the practice account."""

from typing import Any

import requests

from ac_desktop.practice.server import PracticeServer

START = 1_760_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now

    def tick(self, seconds: float) -> None:
        self.now += seconds


class Api:
    """Calls a server with its key, over one kept connection, and follows nothing."""

    def __init__(self, server: PracticeServer) -> None:
        self.server = server
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Api-Token"] = server.key

    def close(self) -> None:
        self.session.close()

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        url = f"{self.server.url}/api/3/{path}"
        return self.session.request(method, url, allow_redirects=False, timeout=10, **options)

    def get(self, path: str, **query: Any) -> requests.Response:
        return self.call("GET", path, params=query)

    def post(self, path: str, body: Any) -> requests.Response:
        return self.call("POST", path, json=body)

    def sync(self, email: str, **values: Any) -> requests.Response:
        return self.post("contact/sync", {"contact": {"email": email, **values}})

    def subscribe(self, contact: Any, list_id: Any = "1", status: Any = 1, **more: Any) -> requests.Response:
        return self.post(
            "contactLists", {"contactList": {"list": list_id, "status": status, "contact": contact, **more}}
        )
