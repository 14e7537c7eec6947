"""The log of one attempt: its requests, their responses and its outcome."""

from dataclasses import dataclass, field

from ac_desktop.model.payload import ContactPayload, JsonObject, ListPayload
from ac_desktop.model.reasons import Reason
from ac_desktop.model.states import Cause, Outcome


@dataclass(frozen=True, kw_only=True)
class StepLog:
    """One request of an attempt and its response; `status` is None where no response came."""

    step: str
    method: str
    path: str
    status: int | None
    response: str = ""
    cut: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    duration_ms: int = 0
    trouble: str = ""
    request: JsonObject | None = None


@dataclass(frozen=True, kw_only=True)
class AttemptLog:
    """An attempt that is under way or has just ended; a bulk request has its payload in its steps alone."""

    started_at: float
    duration_ms: int
    contact_payload: ContactPayload | None
    list_payload: ListPayload | None
    steps: tuple[StepLog, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class StoredAttempt:
    """A stored attempt; `streak` is the connection's streak after it.

    A bulk request is one attempt of `donors` records; `record_id` and `email` are the first of them, and
    `contact_payload` is empty.
    """

    id: int
    connection_id: int
    record_id: int
    email: str
    started_at: float
    duration_ms: int
    outcome: Outcome
    cause: Cause | None
    reason: Reason | None
    streak: int
    contact_payload: JsonObject
    list_payload: JsonObject | None
    steps: tuple[StepLog, ...]
    donors: int = 1
    bulk_batch_id: int | None = None

    @property
    def bulk_payload(self) -> JsonObject | None:
        """The payload of a bulk request as it was last sent; None for a relay of one record."""
        sent = [step.request for step in self.steps if step.request is not None] if self.bulk_batch_id else []
        return sent[-1] if sent else None
