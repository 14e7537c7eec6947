"""Puts made-up donors onto the list with `requests` in five threads, two calls each, and keeps nothing.

`python -m tests.benchmarks.bare.relay DONORS`
"""

import json
import sys
import threading
from time import perf_counter, process_time

import requests

from tests.benchmarks.account import AccountProcess

THREADS = 5


def main(count: int) -> dict[str, float]:
    """Return the seconds it takes."""
    with AccountProcess() as account:
        numbers, guard = iter(range(count)), threading.Lock()

        def work() -> None:
            session = requests.Session()
            session.headers["Api-Token"] = account.key
            while True:
                with guard:
                    number = next(numbers, None)
                if number is None:
                    return
                donor = {
                    "email": f"donor{number}@example.org",
                    "phone": f"225250{number % 10000:04d}",
                    "lastName": f"Last{number}",
                    "firstName": f"First{number}",
                }
                saved = session.post(f"{account.url}/api/3/contact/sync", json={"contact": donor})
                contact = saved.json()["contact"]["id"]
                entry = {"list": account.list_id, "status": 1, "contact": contact}
                session.post(f"{account.url}/api/3/contactLists", json={"contactList": entry}).raise_for_status()

        threads = [threading.Thread(target=work) for _ in range(THREADS)]
        began, busy = perf_counter(), process_time()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds, busy = perf_counter() - began, process_time() - busy
        return {"seconds": seconds, "processor": busy, "listed": account.seen().listed}


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))  # noqa: T201  read by the figure
