"""The closed sets of states, steps, outcomes and causes."""

from enum import StrEnum


class ConnectionState(StrEnum):
    """Whether a connection may attempt relays."""

    ACTIVE = "active"
    PAUSED = "paused"
    INACTIVE = "inactive"


class RecordState(StrEnum):
    """Where a record stands in its connection's queue."""

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
    """ActiveCampaign has taken the record with a bulk request; whether the donor is on the list is still to be found
    out: by the request's result first, then by reading the list back (rule 17)."""


class Outcome(StrEnum):
    """What an attempt came to."""

    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
    HELD = "held"
    TAKEN = "taken"
    """A bulk request was worked off; who of its donors is on the list is not known yet."""


class Cause(StrEnum):
    """Why an attempt failed (rule 7)."""

    DONOR = "donor"
    ACCOUNT = "account"
    PASSING = "passing"


class Decision(StrEnum):
    """What a person decides about a held record."""

    KEEP = "keep"
    SKIP = "skip"
    RESUBSCRIBE = "resubscribe"


class Responsible(StrEnum):
    """Who can put a reason right."""

    NOBODY = ""
    YOU = "you"
    ADMIN = "admin"
    YOU_OR_ADMIN = "you or admin"
    IT = "it"
    WAIT = "wait"
