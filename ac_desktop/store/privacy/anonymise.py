"""Anonymisation of records and attempts within the caller's transaction, and masking of one address in texts.

Counts, row hashes and outcomes stay: an anonymous record still counts in its batch's import result, and its row is
still recognised by its hash. An address within a longer one is not masked.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from ac_desktop.model.attempts import StepLog
from ac_desktop.model.reason_codes import BY_SCOPE
from ac_desktop.model.reasons import Reason
from ac_desktop.store.history.step_codec import decode_steps, encode_steps
from ac_desktop.store.ports import Sql

LEFT_OUT: Final = "…"
"""Replaces the donor's own words in a sentence."""
_OF_A_DONOR: Final = frozenset({"email", "detail", "was"})
_BY_SCOPE: Final = ", ".join(f"'{code.value}'" for code in sorted(BY_SCOPE))


def anonymise_records(sql: Sql, record_ids: Sequence[int], now: float, erasure: str = "") -> None:
    """Remove the donor, the source row, the edits and the texts of decisions from records.

    Rows that another scope would include lose their hash, so that their file can be imported again. `erasure` is the
    number of the erasure record; without one they are older than the retention period.
    """
    these = f"({','.join('?' * len(record_ids))})"
    _anonymise_history(sql, record_ids, now, erasure)
    reasons = sql.rows(f"SELECT id, reason FROM record WHERE id IN {these} AND reason IS NOT NULL", record_ids)
    bare = [(row["id"], bare_reason(row["reason"])) for row in reasons]
    sql.execute(
        "UPDATE record SET email = '', phone = '', first_name = '', last_name = '', source = '', donation_id = '',"
        f" donated_at = '', contact_id = NULL, warnings = NULL, forgotten_at = ? WHERE id IN {these}",
        (now, *record_ids),
    )
    sql.update("record", ("reason",), bare, {})
    sql.execute(f"DELETE FROM email_at WHERE email = '' AND record_id IN {these}", record_ids)
    for side in ("record_id", "replaced_by"):
        sql.execute(f"UPDATE correction SET was_reason = NULL WHERE {side} IN {these}", record_ids)
    sql.execute(
        "DELETE FROM seen_row WHERE (connection_id, row_hash, record_id) IN (SELECT connection_id, row_hash, id"
        f" FROM record WHERE id IN {these} AND state = 'skipped' AND reason_code IN ({_BY_SCOPE}))",
        record_ids,
    )


def _anonymise_history(sql: Sql, record_ids: Sequence[int], now: float, erasure: str) -> None:
    """Remove what belongs to records and is otherwise only added to and read."""
    if sql.kept_history is not None:
        sql.kept_history.anonymise(record_ids, now, erasure)
        return
    these = f"({','.join('?' * len(record_ids))})"
    sql.execute(f"DELETE FROM source_row WHERE record_id IN {these}", record_ids)
    sql.execute(f"DELETE FROM edit WHERE record_id IN {these}", record_ids)
    sql.execute(f"UPDATE decision SET why = '' WHERE record_id IN {these}", record_ids)
    if erasure:
        sql.execute(f"UPDATE decision SET held_for = NULL WHERE record_id IN {these}", record_ids)
    events = sql.rows(f"SELECT id, details FROM event WHERE record_id IN {these}", record_ids)
    sql.many("UPDATE event SET details = ? WHERE id = ?", [(_without_why(row["details"]), row["id"]) for row in events])


def anonymise_attempts(sql: Sql, attempt_ids: Sequence[int], now: float, erasure: str = "") -> None:
    """Remove payloads and responses from attempts; their time, steps, duration and outcome stay."""
    these = f"({','.join('?' * len(attempt_ids))})"
    rows = sql.rows(f"SELECT id, reason, steps FROM attempt WHERE id IN {these}", attempt_ids)
    emptied = [
        (number, bare_reason(why) if why else None, encode_steps(tuple(map(_emptied, decode_steps(steps)))))
        for number, why, steps in rows
    ]
    if sql.kept_history is not None:
        sql.kept_history.empty_attempts(emptied, now, erasure)
        return
    sql.many(
        "UPDATE attempt SET contact_payload = '{}', list_payload = NULL, reason = ?, steps = ?, emptied_at = ?"
        " WHERE id = ?",
        [(why, steps, now, number) for number, why, steps in emptied],
    )


def bare_reason(text: str) -> str:
    """Return a stored reason without the donor's values."""
    why = Reason.from_json(text)
    values = {name: LEFT_OUT if name in _OF_A_DONOR else value for name, value in why.values.items()}
    return Reason(why.code, values).to_json()


def _without_why(details: str) -> str:
    """Return an event's details without what a person wrote about the donor."""
    kept = {name: value for name, value in json.loads(details).items() if name != "why"}
    return json.dumps(kept, ensure_ascii=False)


def _emptied(step: StepLog) -> StepLog:
    return replace(step, path=step.path.split("?")[0], response="", cut=False, headers=(), request=None)


ERASED: Final = "[erased]"
_BEFORE: Final = r"(?<![\w.+%-])(?<!\w')"
_AFTER: Final = r"(?:(?=\.(?:csv|tsv|txt|xlsx?|ods|zip|json)\b)|(?![\w-]|\.\w))"
"""A file can be named after an address; any other ending makes a longer address."""


class AddressMask:
    """Replaces an address in every spelling: in any case, and as JSON and URLs encode it."""

    def __init__(self, email: str) -> None:
        spellings = {email, json.dumps(email)[1:-1], quote(email, safe=""), quote(email, safe="@")}
        pattern = "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
        self._find = re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}", re.IGNORECASE)
        self.email = email
        self.parts: tuple[str, ...] = tuple(sorted({spelling.lower() for spelling in spellings}))
        """The spellings in lower case, one of which every text with the address contains; to search before masking."""

    def __call__(self, text: str) -> str:
        """Return the text with the address masked."""
        return self._find.sub(ERASED, text)

    def steps(self, encoded: bytes) -> bytes:
        """Return an attempt's encoded steps with the person masked; in a bulk request, their whole contact."""
        steps = decode_steps(encoded)
        masked = tuple(map(self._step, steps))
        return encoded if masked == steps else encode_steps(masked)

    def _step(self, step: StepLog) -> StepLog:
        return replace(
            step,
            path=self(step.path),
            response=self(step.response),
            trouble=self(step.trouble),
            request=self._value(step.request),
        )

    def _value(self, value: Any) -> Any:  # noqa: ANN401  JSON
        if isinstance(value, dict):
            if str(value.get("email", "")).casefold() == self.email.casefold():
                return {"email": ERASED}
            return {name: self._value(part) for name, part in value.items()}
        if isinstance(value, list):
            return [self._value(part) for part in value]
        return self(value) if isinstance(value, str) else value


def masked_value(table: str, column: str, value: Any, mask: AddressMask) -> object:  # noqa: ANN401  a column's own
    """Return the value of a table's column with the address masked."""
    return _MASKS.get((table, column), _masked_text)(value, mask)


def _masked_text(text: str, mask: AddressMask) -> str:
    return mask(text)


def _masked_steps(encoded: bytes, mask: AddressMask) -> bytes:
    return mask.steps(encoded)


def _masked_bin(text: str, mask: AddressMask) -> str:
    """Return a removed row's JSON masked; an attempt's steps are hexadecimal digits in it."""
    kept = json.loads(mask(text))
    if "steps" not in kept:
        return mask(text)
    kept["steps"] = mask.steps(bytes.fromhex(kept["steps"])).hex().upper()
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


_MASKS: Final[dict[tuple[str, str], Callable[[Any, AddressMask], object]]] = {
    ("attempt", "steps"): _masked_steps,
    ("bulk_batch", "steps"): _masked_steps,
    ("bin", "kept"): _masked_bin,
}
