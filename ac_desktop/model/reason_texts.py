"""The words of each reason: its sentence, and its name where reasons are counted by kind."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ac_desktop.model.reason_codes import ReasonCode
from ac_desktop.model.wording import translatable

TEXTS: Final[Mapping[ReasonCode, str]] = MappingProxyType(
    {
        ReasonCode.NO_EMAIL: translatable("This row has no e-mail address."),
        ReasonCode.BAD_EMAIL: translatable("“{email}” is not a complete e-mail address."),
        ReasonCode.DUPLICATE_ROW: translatable("duplicate of row {row}"),
        ReasonCode.PAGE_EXCLUDED: translatable("Page “{page}” is excluded from this connection."),
        ReasonCode.PAGE_NOT_CHOSEN: translatable("Page “{page}” is not one of this connection's pages."),
        ReasonCode.PAGE_NOT_IN_TEAM: translatable("Page “{page}” does not belong to team “{team}”."),
        ReasonCode.PAGE_UNKNOWN: translatable(
            "This row names no action page, and this connection takes only some pages."
        ),
        ReasonCode.TEAM_UNKNOWN: translatable("Whether this row belongs to team “{team}” cannot be told."),
        ReasonCode.OTHER_TEAM: translatable("This row belongs to team “{other}”, not to “{team}”."),
        ReasonCode.NOT_A_DONATION: translatable("This row is not a donation: its type is “{kind}”."),
        ReasonCode.NOT_COMPLETED: translatable("This donation was not completed: its status is “{status}”."),
        ReasonCode.TEST_MODE: translatable("This is a test donation."),
        ReasonCode.REFUNDED: translatable("This donation was refunded."),
        ReasonCode.RAGGED_ROW: translatable(
            "This row has {found} cells where the header has {expected}, so its columns may have moved."
        ),
        ReasonCode.FILE_FORBIDS: translatable("The file says not to email this person: “{column}” is “{value}”."),
        ReasonCode.FILE_UNCLEAR: translatable(
            "The column “{column}” says whether this person may be emailed. Its value “{value}” can't be understood."
        ),
        ReasonCode.DONATION_UNCLEAR: translatable(
            "AC Desktop can't tell whether this donation was completed: “{column}” is “{value}”."
        ),
        ReasonCode.ALREADY_SENT: translatable("Sent unchanged on {date}, as row {row} of “{file}”."),
        ReasonCode.ALREADY_QUEUED: translatable("In the queue unchanged since {date}, as row {row} of “{file}”."),
        ReasonCode.HELD_BY_PERSON: translatable("Held back by {person}."),
        ReasonCode.SKIPPED_BY_PERSON: translatable("Skipped for good by {person}."),
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
        ReasonCode.UNSUBSCRIBED: translatable(
            "Unsubscribed from {list} on {date}; relaying would subscribe them again."
        ),
        ReasonCode.UNSUBSCRIBED_UNDATED: translatable("Unsubscribed from {list}; relaying would subscribe them again."),
        ReasonCode.BOUNCED: translatable(
            "Mail from {list} to this address bounced; ActiveCampaign no longer mails it."
        ),
        ReasonCode.UNCONFIRMED: translatable("This person has not confirmed their subscription to {list} yet."),
        ReasonCode.REMOVED_FROM_LIST: translatable(
            "Removed from {list} in ActiveCampaign without having unsubscribed (status {status}). Relaying "
            "would put "
            "them onto it again."
        ),
        ReasonCode.STATUS_UNKNOWN: translatable(
            "ActiveCampaign gives this person the status {status} on {list}, which AC Desktop does not "
            "know. It may "
            "mean that they left."
        ),
        ReasonCode.KEY_REFUSED: translatable(
            "ActiveCampaign did not accept this key. The donors are safe in the queue. Test the "
            "connection, then copy "
            "the key again from Settings, Developer; its owner may also have lost access."
        ),
        ReasonCode.KEY_MISSING: translatable(
            "No key is kept for this connection on this computer. The donors stay in the queue. Enter the key again."
        ),
        ReasonCode.FORBIDDEN: translatable(
            "The key works, but its owner may not do this in ActiveCampaign ({detail}). The donors stay in the queue."
        ),
        ReasonCode.ACCOUNT_CLOSED: translatable(
            "This ActiveCampaign account is closed or unpaid and refuses everything. The donors stay in the queue."
        ),
        ReasonCode.LIST_UNKNOWN: translatable(
            "There is no list {list} in this account that the key's owner can see. The donors stay in the queue. "
            "Choose another list."
        ),
        ReasonCode.WEB_PAGE: translatable(
            "This address answered with a web page, not with the ActiveCampaign API. The donors stay in "
            "the queue. Use "
            "the API URL shown in ActiveCampaign under Settings, Developer."
        ),
        ReasonCode.REDIRECTED: translatable(
            "This address sends us on to another one, which the ActiveCampaign API never does. The donors "
            "stay in the "
            "queue. Check the API URL shown under Settings, Developer."
        ),
        ReasonCode.WRONG_ADDRESS: translatable(
            "There is no ActiveCampaign API at this address ({status}). The donors stay in the queue. "
            "Check the API "
            "URL shown under Settings, Developer."
        ),
        ReasonCode.TLS_FAILED: translatable(
            "The secure connection to ActiveCampaign could not be trusted, so nothing was sent. A proxy or "
            "security "
            "program may stand in between."
        ),
        ReasonCode.PROXY_FAILED: translatable("The proxy of this network did not let us through, so nothing was sent."),
        ReasonCode.DONOR_REFUSED: translatable(
            "ActiveCampaign refused this donor: {detail} Correct the record and retry."
        ),
        ReasonCode.NAME_NOT_FOUND: translatable(
            "This computer is offline, or the account's address is misspelt. Nothing was sent."
        ),
        ReasonCode.UNREACHABLE: translatable("ActiveCampaign could not be reached. Nothing was sent."),
        ReasonCode.CONNECTION_LOST: translatable(
            "The connection to ActiveCampaign broke off. Repeating this step is safe."
        ),
        ReasonCode.TIMED_OUT: translatable("ActiveCampaign did not answer in time. Repeating this step is safe."),
        ReasonCode.SERVER_TROUBLE: translatable(
            "ActiveCampaign had a problem of its own ({status}). Repeating this step is safe."
        ),
        ReasonCode.BROKEN_ANSWER: translatable(
            "ActiveCampaign's answer could not be read. Repeating this step is safe."
        ),
        ReasonCode.NO_CONTACT_NUMBER: translatable(
            "ActiveCampaign said yes but sent no contact number. Repeating this step is safe."
        ),
        ReasonCode.CONTACT_NOT_CONFIRMED: translatable(
            "ActiveCampaign said yes but did not confirm this e-mail address. Repeating this step is safe."
        ),
        ReasonCode.MEMBERSHIPS_UNCLEAR: translatable(
            "Whether this person has left the list could not be read in full from ActiveCampaign's answer, so they "
            "were not put onto it. Repeating this step is safe."
        ),
        ReasonCode.LIST_NOT_CONFIRMED: translatable(
            "ActiveCampaign said yes but did not confirm the list. Repeating this step is safe."
        ),
        ReasonCode.CONTACT_GONE: translatable(
            "Contact {contact} no longer exists in ActiveCampaign. The next attempt creates it again."
        ),
        ReasonCode.BUSY_TOO_LONG: translatable("ActiveCampaign has been too busy for this donor for ten minutes."),
        ReasonCode.BUSY: translatable("ActiveCampaign is busy and asked us to wait."),
        ReasonCode.OWN_FAULT: translatable(
            "AC Desktop made a mistake of its own at this step and kept a report of it. Repeating this step is safe."
        ),
        ReasonCode.NOT_KEPT: translatable(
            "This computer could not keep what ActiveCampaign answered. Repeating this step is safe."
        ),
        ReasonCode.SENT_IN_BULK: translatable(
            "Sent in bulk. Who had unsubscribed from the list or bounced is not put on it again this way, and "
            "ActiveCampaign does not say who that was."
        ),
        ReasonCode.BULK_TAKEN: translatable(
            "ActiveCampaign took this bulk request. AC Desktop reads the list back next to see who is on it."
        ),
        ReasonCode.FOUND_ON_LIST: translatable("Sent in bulk and found on the list afterwards."),
        ReasonCode.CONFIRMED_ALONE: translatable(
            "Sent in bulk. ActiveCampaign confirmed separately that this donor is on the list."
        ),
        ReasonCode.NOT_ON_LIST: translatable(
            "Not found on {list} after the bulk request. ActiveCampaign gives no reason. Choose “Push "
            "unsent” to send "
            "this donor separately."
        ),
        ReasonCode.BULK_FAILED_ADDRESS: translatable(
            "ActiveCampaign refused this address in a bulk import ({detail}). Correct the record and retry."
        ),
        ReasonCode.BULK_REFUSED: translatable(
            "ActiveCampaign refused this bulk request without saying which donor it means ({detail}). The next "
            "attempts send these donors one by one."
        ),
        ReasonCode.BULK_NOT_FINISHED: translatable(
            "ActiveCampaign took this bulk request but did not finish it ({status}). Repeating it is safe."
        ),
        ReasonCode.BULK_NO_RESULT: translatable(
            "ActiveCampaign took this bulk request but told no result in {minutes} minutes. Repeating it is safe."
        ),
    }
)

TEXTS_BY_COLUMN: Final[Mapping[ReasonCode, str]] = MappingProxyType(
    {
        ReasonCode.NOT_A_DONATION: translatable("This row is not a donation: “{column}” is “{kind}”."),
        ReasonCode.NOT_COMPLETED: translatable("This donation was not completed: “{column}” is “{status}”."),
        ReasonCode.TEST_MODE: translatable("This is a test donation: “{column}” is “{value}”."),
        ReasonCode.REFUNDED: translatable("This donation was refunded: “{column}” is “{value}”."),
    }
)
"""The sentences of reasons that name the file's column; those stored by earlier versions name none."""

LABELS: Final[Mapping[ReasonCode, str]] = MappingProxyType(
    {
        ReasonCode.NO_EMAIL: translatable("no e-mail address"),
        ReasonCode.BAD_EMAIL: translatable("incomplete e-mail address"),
        ReasonCode.DUPLICATE_ROW: translatable("same donor twice, newest goes"),
        ReasonCode.PAGE_EXCLUDED: translatable("page is excluded"),
        ReasonCode.PAGE_NOT_CHOSEN: translatable("page is not chosen"),
        ReasonCode.PAGE_NOT_IN_TEAM: translatable("page of another team"),
        ReasonCode.PAGE_UNKNOWN: translatable("page not known"),
        ReasonCode.TEAM_UNKNOWN: translatable("team not known"),
        ReasonCode.OTHER_TEAM: translatable("another team"),
        ReasonCode.NOT_A_DONATION: translatable("not a donation"),
        ReasonCode.NOT_COMPLETED: translatable("not completed"),
        ReasonCode.TEST_MODE: translatable("test donation"),
        ReasonCode.REFUNDED: translatable("refunded"),
        ReasonCode.RAGGED_ROW: translatable("columns may have moved"),
        ReasonCode.FILE_FORBIDS: translatable("not to be emailed, says the file"),
        ReasonCode.FILE_UNCLEAR: translatable("consent not clear"),
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
        ReasonCode.MARK_CONFLICT: translatable("corrected elsewhere meanwhile"),
        ReasonCode.BULK_TAKEN: translatable("sent in bulk, to be confirmed"),
        ReasonCode.FOUND_ON_LIST: translatable("sent in bulk, found on the list"),
        ReasonCode.CONFIRMED_ALONE: translatable("sent in bulk, confirmed one by one"),
        ReasonCode.NOT_ON_LIST: translatable("not found on the list after a bulk request"),
        ReasonCode.REMOVED_FROM_LIST: translatable("removed from the list"),
        ReasonCode.STATUS_UNKNOWN: translatable("on the list, but not active there"),
    }
)
"""The names of kinds of reasons in a list; the others are named by their code."""
