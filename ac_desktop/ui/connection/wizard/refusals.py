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
                "ActiveCampaign did not accept this key. Copy it again from Settings, Developer, without "
                "spaces. Each user "
                "has a key of their own; the owner of this one may have lost access."
            ),
            Responsible.YOU_OR_ADMIN,
        ),
        ReasonCode.KEY_MISSING: (
            translatable("No key is kept for this connection on this computer. Enter the key again."),
            Responsible.YOU,
        ),
        ReasonCode.FORBIDDEN: (
            translatable(
                "The key works, but its owner may not do this in ActiveCampaign ({detail}). Ask for the right "
                "to see and "
                "edit lists and contacts, or use another user's key."
            ),
            Responsible.ADMIN,
        ),
        ReasonCode.ACCOUNT_CLOSED: (
            translatable(
                "This ActiveCampaign account is closed or unpaid and refuses everything. Try again once that "
                "is settled."
            ),
            Responsible.ADMIN,
        ),
        ReasonCode.LIST_UNKNOWN: (
            translatable(
                "There is no list {list} in this account, or the key's owner may not see it. Choose another "
                "list, or use "
                "the key of a user who sees it."
            ),
            Responsible.YOU_OR_ADMIN,
        ),
        ReasonCode.WEB_PAGE: (
            translatable(
                "This address answered with a web page, not with the ActiveCampaign API. Copy the API URL from "
                "ActiveCampaign, Settings, Developer, for example https://yourname.api-us1.com."
            ),
            Responsible.YOU,
        ),
        ReasonCode.REDIRECTED: (
            translatable(
                "This address sends us on to another one, for example to a login page, which the "
                "ActiveCampaign API never "
                "does. Copy the API URL from ActiveCampaign, Settings, Developer."
            ),
            Responsible.YOU,
        ),
        ReasonCode.WRONG_ADDRESS: (
            translatable(
                "There is no ActiveCampaign API at this address ({status}). Copy the API URL from ActiveCampaign, "
                "Settings, Developer."
            ),
            Responsible.YOU,
        ),
        ReasonCode.TLS_FAILED: (
            translatable(
                "The secure connection to this address could not be trusted, so the key was not sent. A proxy or a "
                "security program may stand in between."
            ),
            Responsible.IT,
        ),
        ReasonCode.NAME_NOT_FOUND: (
            translatable(
                "This address was not found: it is misspelt, or this computer is offline. Check the spelling, then the "
                "network."
            ),
            Responsible.YOU,
        ),
        ReasonCode.UNREACHABLE: (
            translatable("This address could not be reached. Check the network of this computer, then test again."),
            Responsible.YOU,
        ),
        ReasonCode.CONNECTION_LOST: (
            translatable("The connection to ActiveCampaign broke off. Test again."),
            Responsible.YOU,
        ),
        ReasonCode.TIMED_OUT: (
            translatable(
                "ActiveCampaign did not answer in time. Test again in a minute; if it stays silent, check the address."
            ),
            Responsible.YOU,
        ),
        ReasonCode.SERVER_TROUBLE: (
            translatable("ActiveCampaign had a problem of its own ({status}). Test again in a few minutes."),
            Responsible.YOU,
        ),
        ReasonCode.BROKEN_ANSWER: (
            translatable(
                "The answer from this address could not be read. Test again; if it stays so, check the address."
            ),
            Responsible.YOU,
        ),
        ReasonCode.BUSY: (
            translatable("ActiveCampaign is busy and asked us to wait. Test again in a minute."),
            Responsible.YOU,
        ),
        ReasonCode.BUSY_TOO_LONG: (
            translatable("ActiveCampaign has been busy for too long. Test again later."),
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
    return Refusal(tr("Something in AC Desktop went wrong, and nothing was changed. The report has the details."), "")


def _refusal_of(why: Reason) -> tuple[str, Responsible]:
    found = _TEXTS.get(why.code)
    if found is None:
        return why.text, why.who
    return tr(found[0], **why.values), found[1]
