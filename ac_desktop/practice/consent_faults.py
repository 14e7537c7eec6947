"""How the responses about consent can differ: memberships, their pages and rows, and whose contact it is."""

from enum import StrEnum


class SyncContact(StrEnum):
    """Whose contact the response of `contact/sync` names."""

    OWN = "the contact that was sent"
    WITHOUT_EMAIL = "its id, without an e-mail address"
    OTHERS_ID = "another contact's id, without an e-mail address"
    OTHERS_CONTACT = "another contact with its e-mail address"


class MembershipPages(StrEnum):
    """How a contact's memberships are split into pages."""

    PAGED = "by limit and offset"
    WITH_TOTAL = "by limit and offset, with their total"
    WRONG_TOTAL = "by limit and offset, with a total of 1"
    ALWAYS_20 = "20 a page, whatever the limit"
    UNPAGED = "all at once"
    REPEATED = "the first page each time"
    ENDLESS = "without end"


class MembershipRows(StrEnum):
    """How the rows of a contact's memberships are written."""

    AS_DOCUMENTED = "as documented"
    LIST_AS_FLOAT = "the list as 1.0"
    LIST_AS_DECIMAL = "the list as “1.0”"
    LIST_PADDED = "the list as “01”"
    LIST_SPACED = "the list as “ 1”"
    LIST_AS_OBJECT = "the list as an object"
    LIST_AS_WORD = "the list as a word"
    LIST_NULL = "the list as null"
    LIST_MISSING = "without a list"
    CONTACT_NULL = "the contact as null"
    CONTACT_OTHER = "another contact's id"
    STATUS_AS_WORD = "the status as a word"
    STATUS_NULL = "the status as null"


class MergedContact(StrEnum):
    """The response about the memberships of a contact that was merged into another one."""

    MESSAGE_404 = "404"
    SURVIVORS_ROWS = "the rows of the contact that is left"


class OtherStatus(StrEnum):
    """The status of a person with another status, such as 91, after subscribing again."""

    BECOMES_ACTIVE = "subscribed again"
    STAYS = "stays as it is"
