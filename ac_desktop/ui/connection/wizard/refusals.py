"""What a person setting a connection up is shown when the account, the keyring or the store refuses; Qt-free.

The model's sentences are about donors in a queue and about retries; here only the person tries again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ac_desktop.model.reasons import Reason, ReasonCode, responsible_text
from ac_desktop.model.states import Responsible
from ac_desktop.model.wording import tr, translatable
from ac_desktop.relay.account_check import CheckError, CheckStep
from ac_desktop.store.errors import StoreError


@dataclass(frozen=True)
class Refusal:
    """What happened and what to do, who can do it, and at which step of the check it happened."""

    text: str
    who: str
    step: CheckStep | None = None

    @property
    def full_text(self) -> str:
        """The sentence with the people who can correct it."""
        return tr("{text} Who can help: {who}.", text=self.text, who=self.who) if self.who else self.text


_TEXTS: Final[Mapping[ReasonCode, tuple[str, Responsible]]] = MappingProxyType(
    {
        ReasonCode.KEY_REFUSED: (
            translatable(
                "ActiveCampaign rejected this API key. Copy it again from Settings > Developer, without spaces. "
                "Each user has their own key. The owner of this one may have lost access."
            ),
            Responsible.YOU_OR_ADMIN,
        ),
        ReasonCode.KEY_MISSING: (
            translatable("No API key is saved for this connection. Enter the key again."),
            Responsible.YOU,
        ),
        ReasonCode.KEY_OUTDATED: (
            translatable("This isn't the key that {person} entered on {date}. Enter that one to relay here."),
            Responsible.YOU_OR_ADMIN,
        ),
        ReasonCode.FORBIDDEN: (
            translatable(
                "The API key works, but its owner isn't allowed to do this in ActiveCampaign ({detail}). Ask for "
                "permission to view and edit lists and contacts, or use another user's key."
            ),
            Responsible.ADMIN,
        ),
        ReasonCode.ACCOUNT_CLOSED: (
            translatable(
                "This ActiveCampaign account is closed or unpaid. Ask your ActiveCampaign admin to reopen it, "
                "then test again."
            ),
            Responsible.ADMIN,
        ),
        ReasonCode.LIST_UNKNOWN: (
            translatable(
                "List {list} doesn't exist in this account, or the API key's owner can't see it. Choose another "
                "list, or use the key of a user who can see it."
            ),
            Responsible.YOU_OR_ADMIN,
        ),
        ReasonCode.WEB_PAGE: (
            translatable(
                "This address returned a web page, not the ActiveCampaign API. Copy the API URL from Settings > "
                "Developer, for example https://yourname.api-us1.com."
            ),
            Responsible.YOU,
        ),
        ReasonCode.REDIRECTED: (
            translatable(
                "This address redirects to another one, such as a sign-in page, which the ActiveCampaign API "
                "never does. Copy the API URL from ActiveCampaign under Settings > Developer."
            ),
            Responsible.YOU,
        ),
        ReasonCode.WRONG_ADDRESS: (
            translatable(
                "There is no ActiveCampaign API at this address ({status}). Copy the API URL from Settings > Developer."
            ),
            Responsible.YOU,
        ),
        ReasonCode.TLS_FAILED: (
            translatable(
                "AC Desktop couldn't verify a secure connection to this address, so the API key wasn't sent. A "
                "proxy or security program may be interfering. Ask your IT team."
            ),
            Responsible.IT,
        ),
        ReasonCode.NAME_NOT_FOUND: (
            translatable("This address wasn't found. Check the spelling and your network connection."),
            Responsible.YOU,
        ),
        ReasonCode.UNREACHABLE: (
            translatable("This address couldn't be reached. Check your network connection, then test again."),
            Responsible.YOU,
        ),
        ReasonCode.CONNECTION_LOST: (
            translatable("The connection to ActiveCampaign was interrupted. Test again."),
            Responsible.YOU,
        ),
        ReasonCode.TIMED_OUT: (
            translatable(
                "ActiveCampaign didn't respond in time. Test again in a minute. If it still doesn't respond, "
                "check the API URL."
            ),
            Responsible.YOU,
        ),
        ReasonCode.SERVER_TROUBLE: (
            translatable("ActiveCampaign had a server error ({status}). Test again in a few minutes."),
            Responsible.YOU,
        ),
        ReasonCode.BROKEN_ANSWER: (
            translatable(
                "The response from this address couldn't be read. Test again. If this continues, check the API URL."
            ),
            Responsible.YOU,
        ),
        ReasonCode.BUSY: (
            translatable("ActiveCampaign is busy. Test again in a minute."),
            Responsible.YOU,
        ),
        ReasonCode.BUSY_TOO_LONG: (
            translatable("ActiveCampaign was busy for too long. Test again later."),
            Responsible.YOU,
        ),
    }
)


def refusal(error: Exception) -> Refusal | None:
    """Return what an error means for the person; None where it is a fault of ours, to be raised and reported."""
    if isinstance(error, CheckError):
        text, who = _refusal_of(error.reason)
        return Refusal(text, responsible_text(who), error.step)
    if isinstance(error, StoreError):
        return Refusal(str(error), "")
    return None


def unexpected() -> Refusal:
    """Return the refusal for a fault of ours."""
    return Refusal(tr("Something went wrong in AC Desktop. Nothing was changed. See the report for details."), "")


def _refusal_of(why: Reason) -> tuple[str, Responsible]:
    found = _TEXTS.get(why.code)
    if found is None:
        return why.text, why.who
    return tr(found[0], **why.values), found[1]
