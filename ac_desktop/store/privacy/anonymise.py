"""Anonymisation of records and attempts within the caller's transaction; counts, row hashes and outcomes stay.

An anonymous record still counts in its batch's import result, and its row is still recognised by its hash.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ac_desktop.model.attempts import StepLog
from ac_desktop.model.reason_facts import BY_SCOPE
from ac_desktop.model.reasons import Reason
from ac_desktop.store.history.step_codec import decode_steps, encode_steps

LEFT_OUT: Final = "…"
"""Replaces the donor's own words in a sentence."""
_OF_A_DONOR: Final = frozenset({"email", "detail", "was"})
_BY_SCOPE: Final = ", ".join(f"'{code.value}'" for code in sorted(BY_SCOPE))


def anonymise_records(sql: sqlite3.Connection, record_ids: Sequence[int], now: float) -> None:
    """Remove the donor, the source row, the edits and the texts of decisions from records.

    Rows that another scope would include lose their hash, so that their file can be imported again.
    """
    these = f"({','.join('?' * len(record_ids))})"
    reasons = sql.execute(f"SELECT id, reason FROM record WHERE id IN {these} AND reason IS NOT NULL", record_ids)
    bare = [(bare_reason(why), number) for number, why in reasons.fetchall()]
    sql.execute(
        "UPDATE record SET email = '', phone = '', first_name = '', last_name = '', source = '', donation_id = '',"
        f" donated_at = '', contact_id = NULL, warnings = NULL, forgotten_at = ? WHERE id IN {these}",
        (now, *record_ids),
    )
    sql.executemany("UPDATE record SET reason = ? WHERE id = ?", bare)
    sql.execute(f"DELETE FROM email_at WHERE email = '' AND record_id IN {these}", record_ids)
    sql.execute(f"DELETE FROM source_row WHERE record_id IN {these}", record_ids)
    sql.execute(f"DELETE FROM edit WHERE record_id IN {these}", record_ids)
    for side in ("record_id", "replaced_by"):
        sql.execute(f"UPDATE correction SET was_reason = NULL WHERE {side} IN {these}", record_ids)
    sql.execute(f"UPDATE decision SET why = '' WHERE record_id IN {these}", record_ids)
    sql.execute(
        "UPDATE event SET details = json_remove(details, '$.why') WHERE json_extract(details, '$.record') IN"
        f" (SELECT CAST(id AS TEXT) FROM record WHERE id IN {these})",
        record_ids,
    )
    sql.execute(
        "DELETE FROM seen_row WHERE (connection_id, row_hash, record_id) IN (SELECT connection_id, row_hash, id"
        f" FROM record WHERE id IN {these} AND state = 'skipped' AND json_extract(reason, '$[0]') IN ({_BY_SCOPE}))",
        record_ids,
    )


def anonymise_attempts(sql: sqlite3.Connection, attempt_ids: Sequence[int], now: float) -> None:
    """Remove payloads and responses from attempts; their time, steps, duration and outcome stay."""
    these = f"({','.join('?' * len(attempt_ids))})"
    rows = sql.execute(f"SELECT id, reason, steps FROM attempt WHERE id IN {these}", attempt_ids).fetchall()
    sql.executemany(
        "UPDATE attempt SET contact_payload = '{}', list_payload = NULL, reason = ?, steps = ?, emptied_at = ?"
        " WHERE id = ?",
        [
            (bare_reason(why) if why else None, encode_steps(tuple(map(_emptied, decode_steps(steps)))), now, number)
            for number, why, steps in rows
        ],
    )


def bare_reason(text: str) -> str:
    """Return a stored reason without the donor's values."""
    why = Reason.from_json(text)
    values = {name: LEFT_OUT if name in _OF_A_DONOR else value for name, value in why.values.items()}
    return Reason(why.code, values).to_json()


def _emptied(step: StepLog) -> StepLog:
    return replace(step, path=step.path.split("?")[0], response="", cut=False, headers=(), request=None)
