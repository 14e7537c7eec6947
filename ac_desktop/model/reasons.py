"""Why a record is in its state: a stored code with its values, shown as a sentence; and the words of each code."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ac_desktop.model.reason_codes import FACTS, ReasonCode
from ac_desktop.model.states import Responsible
from ac_desktop.model.wording import readable_date, source_of, tr, translatable

TEXTS: Final[Mapping[ReasonCode, str]] = MappingProxyType(
    {
        ReasonCode.NO_EMAIL: translatable("This row has no email address."),
        ReasonCode.BAD_EMAIL: translatable("“{email}” isn't a complete email address."),
        ReasonCode.DUPLICATE_ROW: translatable("Duplicate of row {row}."),
        ReasonCode.PAGE_EXCLUDED: translatable("Page “{page}” is excluded from this connection."),
        ReasonCode.PAGE_NOT_CHOSEN: translatable("Page “{page}” isn't one of this connection's pages."),
        ReasonCode.PAGE_NOT_IN_TEAM: translatable("Page “{page}” doesn't belong to team “{team}”."),
        ReasonCode.PAGE_UNKNOWN: translatable(
            "This row doesn't name an action page, and this connection accepts only some pages. Choose a page for it."
        ),
        ReasonCode.TEAM_UNKNOWN: translatable(
            "AC Desktop can't tell whether this row belongs to team “{team}”. Choose its team or page."
        ),
        ReasonCode.OTHER_TEAM: translatable("This row belongs to team “{other}”, not to “{team}”."),
        ReasonCode.NOT_A_DONATION: translatable("This row isn't a donation. Its type is “{kind}”."),
        ReasonCode.NOT_COMPLETED: translatable("This donation wasn't completed. Its status is “{status}”."),
        ReasonCode.TEST_MODE: translatable("This is a test donation."),
        ReasonCode.REFUNDED: translatable("This donation was refunded."),
        ReasonCode.RAGGED_ROW: translatable(
            "This row has {found} cells but the header has {expected}. Values may be in the wrong columns."
        ),
        ReasonCode.FILE_FORBIDS: translatable("The file says not to email this person: “{column}” is “{value}”."),
        ReasonCode.FILE_UNCLEAR: translatable(
            "The column “{column}” says whether this person may be emailed. Its value “{value}” can't be understood."
        ),
        ReasonCode.DONATION_UNCLEAR: translatable(
            "AC Desktop can't tell whether this donation was completed: “{column}” is “{value}”."
        ),
        ReasonCode.ALREADY_SENT: translatable("Already sent on {date}, unchanged, as row {row} of “{file}”."),
        ReasonCode.ALREADY_QUEUED: translatable(
            "Already in the queue since {date}, unchanged, as row {row} of “{file}”."
        ),
        ReasonCode.HELD_BY_PERSON: translatable("Held by {person}."),
        ReasonCode.SKIPPED_BY_PERSON: translatable("Skipped permanently by {person}."),
        ReasonCode.ERASED: translatable("This person was erased by {person}."),
        ReasonCode.CORRECTED: translatable("Corrected on {date}: row {row} of “{file}” replaced this row."),
        ReasonCode.MARK_MISSING: translatable(
            "This row has no mark, so AC Desktop can't tell which donor it corrects. Nothing was changed. Copy the "
            "mark again from the report."
        ),
        ReasonCode.MARK_DAMAGED: translatable(
            "The mark of this row is damaged, so AC Desktop can't tell which donor it corrects. Nothing "
            "was changed. "
            "Copy the mark again from the report."
        ),
        ReasonCode.MARK_FOREIGN: translatable(
            "The mark of this row was made on another computer or in another data folder. Nothing was "
            "changed. Import "
            "the report where it was exported."
        ),
        ReasonCode.MARK_OTHER_CONNECTION: translatable(
            "This row belongs to another connection. Nothing was changed. Import the report into the connection it "
            "was exported from."
        ),
        ReasonCode.MARK_TWICE: translatable(
            "Another row has the same mark, so AC Desktop can't tell which one is right. Nothing was "
            "changed. Keep one "
            "of them and import the report again."
        ),
        ReasonCode.MARK_GONE: translatable(
            "The donor of this row was removed from the queue or erased. Nothing was changed."
        ),
        ReasonCode.MARK_SENT: translatable(
            "This donor was sent on {date}, before the correction. The donor isn't sent twice. Correct the "
            "contact in "
            "ActiveCampaign."
        ),
        ReasonCode.MARK_BUSY: translatable(
            "This donor is being sent now, so the correction came too late. Nothing was changed. Correct "
            "the contact "
            "in ActiveCampaign."
        ),
        ReasonCode.MARK_CONFLICT: translatable(
            "This donor was corrected in AC Desktop after the report was exported. That correction stays. "
            "Export a new "
            "report to correct the donor again."
        ),
        ReasonCode.UNSUBSCRIBED: translatable("Unsubscribed from {list} on {date}. Relaying would resubscribe them."),
        ReasonCode.UNSUBSCRIBED_UNDATED: translatable("Unsubscribed from {list}. Relaying would resubscribe them."),
        ReasonCode.BOUNCED: translatable(
            "An email from {list} to this address bounced. ActiveCampaign no longer sends to it."
        ),
        ReasonCode.UNCONFIRMED: translatable("This person hasn't confirmed their subscription to {list} yet."),
        ReasonCode.REMOVED_FROM_LIST: translatable(
            "Removed from {list} in ActiveCampaign without unsubscribing (status {status}). Relaying would add "
            "them again."
        ),
        ReasonCode.STATUS_UNKNOWN: translatable(
            "ActiveCampaign gives this person the status {status} on {list}. AC Desktop doesn't know this "
            "status. It may mean that they left."
        ),
        ReasonCode.KEY_REFUSED: translatable(
            "ActiveCampaign rejected this API key. Your donors are safe in the queue. Copy the key again from "
            "Settings > Developer. If that doesn't help, its owner may have lost access."
        ),
        ReasonCode.KEY_MISSING: translatable(
            "No API key is saved on this computer for this connection. Your donors are safe in the queue. Enter the "
            "key."
        ),
        ReasonCode.KEY_OUTDATED: translatable(
            "The key was replaced by {person} on {date}. Enter the new one to relay here. Your donors are safe in the "
            "queue."
        ),
        ReasonCode.FORBIDDEN: translatable(
            "The API key works, but its owner isn't allowed to do this in ActiveCampaign ({detail}). Your donors "
            "are safe in the queue. Ask your ActiveCampaign admin for permission."
        ),
        ReasonCode.ACCOUNT_CLOSED: translatable(
            "This ActiveCampaign account is closed or unpaid. Your donors are safe in the queue. Ask your "
            "ActiveCampaign admin to reopen the account, then relay again."
        ),
        ReasonCode.LIST_UNKNOWN: translatable(
            "List {list} doesn't exist in this account, or the API key's owner can't see it. Your donors are "
            "safe in the queue. Choose another list."
        ),
        ReasonCode.WEB_PAGE: translatable(
            "This address returned a web page, not the ActiveCampaign API. Your donors are safe in the queue. "
            "Copy the API URL from Settings > Developer."
        ),
        ReasonCode.REDIRECTED: translatable(
            "This address redirects to another one, which the ActiveCampaign API never does. Your donors are "
            "safe in the queue. Check the API URL under Settings > Developer."
        ),
        ReasonCode.WRONG_ADDRESS: translatable(
            "There is no ActiveCampaign API at this address ({status}). Your donors are safe in the queue. Check "
            "the API URL under Settings > Developer."
        ),
        ReasonCode.TLS_FAILED: translatable(
            "AC Desktop couldn't verify a secure connection to ActiveCampaign, so nothing was sent. A proxy or "
            "security program may be interfering. Ask your IT team."
        ),
        ReasonCode.PROXY_FAILED: translatable(
            "Your network's proxy blocked the connection, so nothing was sent. Ask your IT team to allow "
            "ActiveCampaign."
        ),
        ReasonCode.DONOR_REFUSED: translatable(
            "ActiveCampaign rejected this donor: {detail} Edit the donor, then retry."
        ),
        ReasonCode.NAME_NOT_FOUND: translatable(
            "This computer is offline, or the API URL is misspelled. Nothing was sent."
        ),
        ReasonCode.UNREACHABLE: translatable("ActiveCampaign couldn't be reached. Nothing was sent."),
        ReasonCode.CONNECTION_LOST: translatable(
            "The connection to ActiveCampaign was interrupted. It is safe to repeat this step."
        ),
        ReasonCode.TIMED_OUT: translatable("ActiveCampaign didn't respond in time. It is safe to repeat this step."),
        ReasonCode.SERVER_TROUBLE: translatable(
            "ActiveCampaign had a server error ({status}). It is safe to repeat this step."
        ),
        ReasonCode.BROKEN_ANSWER: translatable(
            "The response from ActiveCampaign couldn't be read. It is safe to repeat this step."
        ),
        ReasonCode.NO_CONTACT_NUMBER: translatable(
            "ActiveCampaign accepted the contact but returned no contact ID. It is safe to repeat this step."
        ),
        ReasonCode.CONTACT_NOT_CONFIRMED: translatable(
            "ActiveCampaign accepted the contact but didn't confirm this email address. It is safe to repeat this step."
        ),
        ReasonCode.MEMBERSHIPS_UNCLEAR: translatable(
            "ActiveCampaign's response doesn't clearly show whether this person left the list. AC Desktop didn't "
            "add them. It is safe to repeat this step."
        ),
        ReasonCode.LIST_NOT_CONFIRMED: translatable(
            "ActiveCampaign accepted the request but didn't confirm the list. It is safe to repeat this step."
        ),
        ReasonCode.CONTACT_GONE: translatable(
            "Contact {contact} no longer exists in ActiveCampaign. The next attempt creates it again."
        ),
        ReasonCode.BUSY_TOO_LONG: translatable("ActiveCampaign was too busy to accept this donor for ten minutes."),
        ReasonCode.BUSY: translatable("ActiveCampaign is busy and asked AC Desktop to wait."),
        ReasonCode.OWN_FAULT: translatable(
            "AC Desktop ran into an error at this step and saved a report of it. It is safe to repeat this step."
        ),
        ReasonCode.NOT_KEPT: translatable(
            "This computer couldn't save ActiveCampaign's response. It is safe to repeat this step."
        ),
        ReasonCode.SENT_IN_BULK: translatable(
            "Sent in bulk. People who unsubscribed or bounced aren't added again this way, but ActiveCampaign "
            "doesn't say who they are."
        ),
        ReasonCode.BULK_TAKEN: translatable(
            "ActiveCampaign accepted this bulk request. Next, AC Desktop reads the list to see who is on it."
        ),
        ReasonCode.FOUND_ON_LIST: translatable("Sent in bulk and found on the list afterwards."),
        ReasonCode.CONFIRMED_ALONE: translatable(
            "Sent in bulk. ActiveCampaign confirmed separately that this donor is on the list."
        ),
        ReasonCode.NOT_ON_LIST: translatable(
            "Not found on {list} after the bulk request. ActiveCampaign gives no reason. To send this donor "
            "separately, choose “Put back in queue”."
        ),
        ReasonCode.BULK_FAILED_ADDRESS: translatable(
            "ActiveCampaign rejected this email address in a bulk import ({detail}). Edit the donor, then retry."
        ),
        ReasonCode.BULK_REFUSED: translatable(
            "ActiveCampaign rejected this bulk request without naming the donor ({detail}). The next attempts "
            "send these donors one by one."
        ),
        ReasonCode.BULK_NOT_FINISHED: translatable(
            "ActiveCampaign accepted this bulk request but didn't finish it ({status}). It is safe to repeat."
        ),
        ReasonCode.BULK_NO_RESULT: translatable(
            "ActiveCampaign accepted this bulk request but reported no result within {minutes} minutes. It is "
            "safe to repeat."
        ),
    }
)

TEXTS_BY_COLUMN: Final[Mapping[ReasonCode, str]] = MappingProxyType(
    {
        ReasonCode.NOT_A_DONATION: translatable("This row isn't a donation: “{column}” is “{kind}”."),
        ReasonCode.NOT_COMPLETED: translatable("This donation wasn't completed: “{column}” is “{status}”."),
        ReasonCode.TEST_MODE: translatable("This is a test donation: “{column}” is “{value}”."),
        ReasonCode.REFUNDED: translatable("This donation was refunded: “{column}” is “{value}”."),
    }
)
"""The sentences of reasons that name the file's column; those stored by earlier versions name none."""

LABELS: Final[Mapping[ReasonCode, str]] = MappingProxyType(
    {
        ReasonCode.NO_EMAIL: translatable("no email address"),
        ReasonCode.BAD_EMAIL: translatable("incomplete email address"),
        ReasonCode.DUPLICATE_ROW: translatable("duplicate, newest donation is used"),
        ReasonCode.PAGE_EXCLUDED: translatable("page excluded"),
        ReasonCode.PAGE_NOT_CHOSEN: translatable("page not chosen"),
        ReasonCode.PAGE_NOT_IN_TEAM: translatable("page of another team"),
        ReasonCode.PAGE_UNKNOWN: translatable("unknown page"),
        ReasonCode.TEAM_UNKNOWN: translatable("unknown team"),
        ReasonCode.OTHER_TEAM: translatable("another team"),
        ReasonCode.NOT_A_DONATION: translatable("not a donation"),
        ReasonCode.NOT_COMPLETED: translatable("not completed"),
        ReasonCode.TEST_MODE: translatable("test donation"),
        ReasonCode.REFUNDED: translatable("refunded"),
        ReasonCode.RAGGED_ROW: translatable("columns may have moved"),
        ReasonCode.FILE_FORBIDS: translatable("marked “do not email”"),
        ReasonCode.FILE_UNCLEAR: translatable("consent unclear"),
        ReasonCode.DONATION_UNCLEAR: translatable("donation's status not known"),
        ReasonCode.ALREADY_SENT: translatable("already sent, unchanged"),
        ReasonCode.ALREADY_QUEUED: translatable("already in the queue, unchanged"),
        ReasonCode.CORRECTED: translatable("replaced by a correction"),
        ReasonCode.MARK_MISSING: translatable("no mark, donor not found"),
        ReasonCode.MARK_DAMAGED: translatable("damaged mark, donor not found"),
        ReasonCode.MARK_FOREIGN: translatable("mark of another data folder"),
        ReasonCode.MARK_OTHER_CONNECTION: translatable("donor of another connection"),
        ReasonCode.MARK_TWICE: translatable("same mark twice"),
        ReasonCode.MARK_GONE: translatable("donor removed or erased"),
        ReasonCode.MARK_SENT: translatable("sent before the correction"),
        ReasonCode.MARK_BUSY: translatable("being sent"),
        ReasonCode.MARK_CONFLICT: translatable("corrected elsewhere in the meantime"),
        ReasonCode.BULK_TAKEN: translatable("sent in bulk, to be confirmed"),
        ReasonCode.FOUND_ON_LIST: translatable("sent in bulk, found on the list"),
        ReasonCode.CONFIRMED_ALONE: translatable("sent in bulk, confirmed one by one"),
        ReasonCode.NOT_ON_LIST: translatable("not found on the list after a bulk request"),
        ReasonCode.REMOVED_FROM_LIST: translatable("removed from the list"),
        ReasonCode.STATUS_UNKNOWN: translatable("on the list, but not active there"),
    }
)
"""The names of kinds of reasons in a list; the others are named by their code."""


__all__ = [
    "Reason",
    "ReasonCode",
    "json_around",
    "label",
    "reason",
    "responsible_for",
    "responsible_text",
    "template",
]

_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_WHO: Final[Mapping[Responsible, str]] = MappingProxyType(
    {
        Responsible.NOBODY: "",
        Responsible.YOU: translatable("You"),
        Responsible.ADMIN: translatable("Your ActiveCampaign admin"),
        Responsible.YOU_OR_ADMIN: translatable("You, or your ActiveCampaign admin"),
        Responsible.IT: translatable("Your IT team"),
        Responsible.WAIT: translatable("No one. This usually passes."),
    }
)


@dataclass(frozen=True)
class Reason:
    """A reason with the values of its sentence; equal reasons group together.

    A sentence says what happened and promises nothing: whether anything is tried again depends on the states of the
    record and its connection.
    """

    code: ReasonCode
    values: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted(self.values.items()))))

    @property
    def text(self) -> str:
        """The sentence shown to people."""
        values = dict(self.values)
        if "date" in values:
            values["date"] = readable_date(values["date"])
        if "list_id" in values and "list" not in values:
            values["list"] = tr("list {number}", number=values["list_id"])
        if "file" in values:
            values["file"] = source_of(values["file"])
        by_column = TEXTS_BY_COLUMN.get(self.code) if "column" in values else None
        text = by_column or TEXTS[self.code]
        return tr(text, **values)

    @property
    def who(self) -> Responsible:
        """Who can resolve it."""
        return FACTS[self.code].responsible

    def to_json(self) -> str:
        """Return the JSON that is stored."""
        return _encode([self.code.value, dict(self.values)])

    @classmethod
    def from_json(cls, text: str) -> "Reason":
        """Return the reason of a stored JSON text."""
        code, values = json.loads(text)
        return cls(ReasonCode(code), values)


def reason(code: ReasonCode, **values: object) -> Reason:
    """Return a reason; every placeholder of its sentence needs a value."""
    return Reason(code, {name: str(value) for name, value in values.items()})


def json_around(code: ReasonCode, left_open: str, **values: object) -> tuple[str, str]:
    """Return a reason's JSON before and after the value of `left_open`, for SQL that fills it in for each record."""
    before, mark, after = reason(code, **values).to_json().partition(f'"{left_open}":"')
    return before + mark, after


def template(code: ReasonCode) -> str:
    """Return the translated sentence of a reason with its placeholders."""
    return tr(TEXTS[code])


def label(code: ReasonCode) -> str:
    """Return the name of a kind of reason, in the few words of a list."""
    return tr(LABELS[code]) if code in LABELS else code.value.replace("_", " ")


def responsible_for(code: ReasonCode) -> Responsible:
    """Return who can resolve a reason."""
    return FACTS[code].responsible


def responsible_text(who: Responsible) -> str:
    """Return the name of the people who can resolve a reason."""
    return tr(_WHO[who])
