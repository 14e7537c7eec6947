"""The plain SQL behind a list: its first fifty rows, in the fastest way SQLite has without an index for it.

`python -m tests.benchmarks.bare.list_sql DATABASE` says the milliseconds of each, the median of three.
"""

import json
import sqlite3
import sys
from statistics import median
from time import perf_counter
from typing import Final

_COLUMNS: Final = "id, email, first_name, last_name, phone, page_name, page, state, step, tries, changed_at, reason"
_SORTS: Final = {
    "state": "CASE state WHEN 'waiting' THEN 0 WHEN 'sending' THEN 1 WHEN 'held' THEN 2 WHEN 'failed' THEN 3"
    " WHEN 'sent' THEN 4 ELSE 5 END",
    "donor": "first_name COLLATE NOCASE ; last_name COLLATE NOCASE",
    "email": "email COLLATE NOCASE",
    "source": "batch_id ; row",
    "page": "page_name COLLATE NOCASE",
    "contact": "contact_id IS NULL",
    "list": "state",
    "tries": "tries",
    "next_try": "next_try_at",
    "changed": "changed_at",
    "reason": "reason",
    "who": "json_extract(reason, '$[0]')",
    "contact_id": "CAST(contact_id AS INTEGER)",
    "phone": "phone COLLATE NOCASE",
    "team": "team COLLATE NOCASE",
    "step": "step",
    "created": "was_new",
    "code": "reason",
}
_TEXTS: Final = ("email", "first_name", "last_name", "phone", "page_name", "page", "team", "source", "contact_id")
_STATES: Final = ("waiting", "sending", "held", "failed", "sent", "skipped")
_WORDS: Final = ("annie", "annie garza", "garza999999@", "nobody at all")
_TOKENS: Final = {
    "cause:donor_refused": "reason LIKE '[\"donor_refused\"%'",
    "file:2024": "batch_id IN (SELECT id FROM batch WHERE file_name LIKE '%2024%')",
    "page:spring": "(page_name LIKE '%spring%' OR page LIKE '%spring%')",
    "state:failed": "state = 'failed'",
}
_TIMES: Final = 3


def _up(order: str) -> str:
    return order.replace(" ; ", ", ")


def _down(order: str) -> str:
    return ", ".join(f"{key} DESC" for key in order.split(" ; "))


def _any(word: str) -> str:
    return "(" + " OR ".join(f"{column} LIKE '%{word}%'" for column in _TEXTS) + ")"


def _queries() -> dict[str, str]:
    scan = f"SELECT {_COLUMNS} FROM record NOT INDEXED WHERE connection_id = 1"  # noqa: S608
    asked = f"SELECT {_COLUMNS} FROM record WHERE connection_id = 1"  # noqa: S608
    queries = {f"tab {state}": f"{asked} AND state = '{state}' ORDER BY id LIMIT 50" for state in _STATES}
    queries["tab all"] = f"{scan} ORDER BY id LIMIT 50"
    queries["end"] = f"{scan} ORDER BY id DESC LIMIT 50"
    for name, order in _SORTS.items():
        queries[f"sort {name} up"] = f"{scan} ORDER BY {_up(order)}, id LIMIT 50"
        queries[f"sort {name} down"] = f"{scan} ORDER BY {_down(order)}, id LIMIT 50"
    for words in _WORDS:
        queries[f"filter {words}"] = f"{scan} AND {' AND '.join(map(_any, words.split()))} ORDER BY id LIMIT 50"
    for token, condition in _TOKENS.items():
        queries[f"filter {token}"] = f"{scan} AND {condition} ORDER BY id LIMIT 50"
    return queries


def main(path: str) -> dict[str, float]:
    """Return the milliseconds of each query."""
    sql = sqlite3.connect(path)
    spent = {}
    for name, query in _queries().items():
        times = []
        for _ in range(_TIMES):
            began = perf_counter()
            sql.execute(query).fetchall()
            times.append((perf_counter() - began) * 1000)
        spent[name] = median(times)
    return spent


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))  # noqa: T201  read by the figure
