"""The one request of Anedot's transaction API, its address, and an account's UID.

Version 4.0 (anedot.help/finance/api, “Transaction API (limited)”): `GET /v4/transactions` with `account_id` (the
account's UID) and `created_at` (a day, YYYY-MM-DD), and the key in the header `x-api-key`. There are no pages.
"""

import re
from datetime import date
from typing import Final
from urllib.parse import quote

from ac_desktop.activecampaign.requests import Request
from ac_desktop.model.address import API_PATH, AccountAddress, AddressError, is_loopback, parse_address
from ac_desktop.model.wording import tr
from ac_desktop.platform.paths import ANEDOT_URL_VARIABLE

KEY_HEADER: Final = "x-api-key"
VERSION_PATH: Final = "/v4"

_ADDRESS: Final = "https://api.anedot.com"
_UID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def transactions_on(uid: str, day: date) -> Request:
    """Return the request for an account's transactions of a day."""
    return Request("GET", f"/transactions?account_id={quote(uid, safe='')}&created_at={day.isoformat()}")


def anedot_address(given: str | None) -> AccountAddress:
    """Return the address of Anedot's API; another one that is given has to be on this computer.

    Raise AddressError, whose text is a sentence for the person.
    """
    if not given:
        return AccountAddress(f"{_ADDRESS}{VERSION_PATH}")
    address = parse_address(given)
    if not is_loopback(address.host):
        raise AddressError(
            tr("{variable} can only name an address on this computer, such as 127.0.0.1.", variable=ANEDOT_URL_VARIABLE)
        )
    return AccountAddress(f"{address.base.removesuffix(API_PATH)}{VERSION_PATH}")


def parse_uid(text: str) -> str:
    """Parse an account's UID: letters and digits, as third-party help and Anedot's samples have it.

    Raise AddressError, whose text is a sentence for the person.
    """
    uid = text.strip().strip("\"'“”").strip()
    if not uid:
        raise AddressError(tr("Enter your Anedot account UID."))
    if not _UID.fullmatch(uid):
        raise AddressError(tr("This isn't an account UID. A UID has only letters and digits."))
    return uid
