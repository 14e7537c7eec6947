"""The closed sets of states, steps, outcomes and causes."""

from enum import StrEnum


class ConnectionState(StrEnum):
    """Whether a connection may attempt relays."""

    ACTIVE = "active"
    PAUSED = "paused"
    INACTIVE = "inactive"


class RecordState(StrEnum):
    """The state of a record in its connection's queue."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    HELD = "held"
    SKIPPED = "skipped"
    FAILED = "failed"


class Step(StrEnum):
    """The step of a relay that is to be done next."""

    CONTACT = "contact"
    LIST = "list"
    RESULT = "result"
    """ActiveCampaign accepted the record in a bulk request; whether the donor is on the list is checked next: by the
    request's result first, then by reading the list back (rule 17)."""


class Outcome(StrEnum):
    """The outcome of an attempt."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    HELD = "held"
    TAKEN = "taken"
    """A bulk request was processed; which of its donors are on the list is not known yet."""


class Cause(StrEnum):
    """Why an attempt failed (rule 7)."""

    DONOR = "donor"
    ACCOUNT = "account"
    PASSING = "passing"


class Decision(StrEnum):
    """A person's decision about a held record."""

    KEEP = "keep"
    SKIP = "skip"
    RESUBSCRIBE = "resubscribe"


class Responsible(StrEnum):
    """Who can resolve a reason."""

    NOBODY = ""
    YOU = "you"
    ADMIN = "admin"
    YOU_OR_ADMIN = "you or admin"
    IT = "it"
    WAIT = "wait"
