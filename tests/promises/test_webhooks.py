"""Webhooks under load, bad signatures between them, killed at any moment: every accepted one is queued once."""

import random
from pathlib import Path

from ac_desktop.store.engines.sqlite.database import SqliteDatabase
from tests.automation.webhook_support import gift
from tests.promises.counts import KILLS_SURVIVED, count
from tests.promises.webhook_load import Senders, filled, listening, set_up

BODIES = 600
KILLS = 4
SEED = 20261129


def queued(folder: Path) -> list[str]:
    database = SqliteDatabase(folder)
    rows = [row["email"] for row in database.rows("SELECT email FROM record ORDER BY email")]
    database.close()
    return rows


def test_every_accepted_body_is_queued_once_whenever_the_process_is_killed(tmp_path: Path) -> None:
    folder, chance = tmp_path / "data", random.Random(SEED)  # noqa: S311  a test
    set_up(folder)
    waiting = [gift(number) for number in range(BODIES)]
    accepted: list[bytes] = []
    refused = 0
    for kill in range(KILLS):
        limit = chance.randrange(1, BODIES // KILLS)
        with listening(folder) as (process, address):
            senders = Senders(address, filled(waiting), lambda number: process.kill() if number == limit else None)  # noqa: B023
            senders.run()
        accepted += senders.accepted
        refused += len(senders.bad_answers)
        assert set(senders.bad_answers) <= {401}
        emails = queued(folder)
        assert len(emails) == len(set(emails)), f"kill {kill}, seed {SEED}"
        assert {f"donor{number}@example.org" for number in range(BODIES) if gift(number) in accepted} <= set(emails)
        waiting = senders.left + chance.sample(accepted, len(accepted) // 3)
        count(KILLS_SURVIVED)
    with listening(folder) as (process, address):
        senders = Senders(address, filled(waiting), lambda _: None)
        senders.run()
        process.terminate()

    assert senders.left == []
    assert queued(folder) == sorted(f"donor{number}@example.org" for number in range(BODIES))
    count("webhook bodies queued once", BODIES)
    count("webhook bodies refused for their signature", refused + len(senders.bad_answers))
