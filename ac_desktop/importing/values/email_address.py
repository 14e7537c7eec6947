"""E-mail addresses: whether one is complete, what was removed around it, and what may have been meant."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from ac_desktop.model.donor import clean_email, clean_text

_ATOM: Final = r"[a-z0-9_!#$%&'*+\-/=?^`{|}~]+"
_PLAIN = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@([a-z0-9.\-]+)")
_QUICK = re.compile(rf"(?!')({_ATOM}(?:\.{_ATOM})*)@([a-z0-9.\-]+)")
"""A plain address that does not begin as cells with Excel's text mark do."""
_COMMON_DOMAIN = re.compile(
    r"(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+(?!(?:arpa|invalid|local|localhost|onion|test)\Z)[a-z]{2,}"
)
"""Domains that email-validator accepts as they are; of any other one it decides."""
_BRACKETED = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")
_SEVERAL = re.compile(r"[;,]")
_SEPARATOR_FOR_DOT = re.compile(r"([^\s,;@]+@[^\s,;@]+)[,;]([^\s,;@]+)")
_LOOK_ALIKE_AT = re.compile(r"[\uff20\ufe6b]|\s*[(\[]\s*at\s*[)\]]\s*", re.IGNORECASE)
_LONGEST: Final = 254
_LONGEST_TYPED: Final = 2_000
"""Characters of a cell with one address, or several; a longer cell has swallowed others, as by a quote left open."""
_LONGEST_COMMON: Final = 63
_POPULAR: Final = (
    "gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "aol.com", "comcast.net", "verizon.net",
    "sbcglobal.net", "bellsouth.net", "protonmail.com", "live.com", "msn.com", "cox.net", "charter.net", "att.net",
)  # fmt: skip
_GOOD: Final = frozenset(
    (
        *_POPULAR,
        "mail.com", "ymail.com", "email.com", "gmx.com", "gmx.net", "me.com", "mac.com", "aim.com", "rocketmail.com",
        "googlemail.com", "proton.me", "pm.me", "fastmail.com", "live.ca", "yahoo.ca", "hotmail.ca", "hotmail.fr",
        "yahoo.co.uk", "hotmail.co.uk", "live.co.uk", "aol.co.uk", "wow.com", "love.com", "ail.com", "hey.com",
    )
)  # fmt: skip
_WRONG_ENDINGS: Final = frozenset({"con", "cmo", "ocm", "comm", "vom", "xom", "cpm", "coom", "comn"})
_SHORTEST_NAME: Final = 4
_SUGGESTED: Final = tuple(domain for domain in _POPULAR if domain.index(".") >= _SHORTEST_NAME)
_OF_SIMILAR_LENGTH: Final = {
    length: tuple(domain for domain in _SUGGESTED if abs(len(domain) - length) <= 1)
    for length in range(max(map(len, _SUGGESTED)) + 2)
}


class EmailCleaning(StrEnum):
    """What was removed around an address."""

    WRAPPING = "wrapping"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class EmailCheck:
    """Whether an address is complete, the form that is relayed, and what may have been meant instead."""

    ok: bool
    email: str
    suggestion: str = ""
    peeled: tuple[EmailCleaning, ...] = ()


@dataclass(frozen=True, slots=True)
class _Domain:
    ok: bool
    suggestion: str = ""


def quick_emails(texts: Sequence[str]) -> list[str]:
    """Return the relayed forms of plainly valid addresses, `""` for each that needs `check_email`."""
    if max(map(len, texts), default=0) > _LONGEST or not "".join(texts).isascii():
        texts = [text if text.isascii() and len(text) <= _LONGEST else "" for text in texts]
    found = map(_QUICK.fullmatch, map(str.lower, texts))
    return [one[0] if one is not None and _is_beyond_doubt(one[2]) else "" for one in found]


def check_email(text: str) -> EmailCheck:
    """Check an address as it was typed or exported; a suggestion is offered, never applied."""
    if len(text) > _LONGEST_TYPED:
        return EmailCheck(ok=False, email=clean_email(text))
    address, peeled = _peel(clean_text(text))
    email = clean_email(address)
    found = _PLAIN.fullmatch(email)
    if found is not None:
        domain = _domain(found[2])
        if domain.ok and len(email) <= _LONGEST:
            meant = f"{found[1]}@{domain.suggestion}" if domain.suggestion else ""
            return EmailCheck(ok=True, email=email, suggestion=meant, peeled=peeled)
    elif not email.isascii() and (validated := _validated(email)):
        return EmailCheck(ok=True, email=validated, peeled=peeled)
    if _SEPARATOR_FOR_DOT.fullmatch(clean_text(text)):
        # A comma for a dot is a typing error of one address: what was typed is kept for the person who fixes it.
        email, peeled = clean_email(clean_text(text)), ()
    return EmailCheck(ok=False, email=email, suggestion=_repaired(email), peeled=peeled)


def _peel(text: str) -> tuple[str, tuple[EmailCleaning, ...]]:
    peeled = []
    if found := _BRACKETED.search(text):
        several = text.count("@") > 1
        text = found[1]
        peeled.append(EmailCleaning.OTHERS if several else EmailCleaning.WRAPPING)
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
        peeled.append(EmailCleaning.WRAPPING)
    addresses = [part for part in _SEVERAL.split(text) if part.strip()]
    if len(addresses) > 1 and "@" in addresses[0]:
        peeled.append(EmailCleaning.OTHERS)
    if addresses and ("@" in addresses[0] or len(addresses) == 1):
        text = addresses[0].strip()
    return text, tuple(dict.fromkeys(peeled))


def _repaired(email: str) -> str:
    """Return a suggestion for a broken address."""
    text = unicodedata.normalize("NFKC", _LOOK_ALIKE_AT.sub("@", email))
    text = "".join(text.split()).strip(".,;:'\"<>()[]").replace("..", ".").replace("@@", "@")
    found = _PLAIN.fullmatch(_SEPARATOR_FOR_DOT.sub(r"\1.\2", text.lower()))
    if found is None:
        return ""
    domain = _domain(found[2])
    meant = (domain.suggestion or found[2]) if domain.ok else _meant(found[2])
    repaired = f"{found[1]}@{meant}"
    return repaired if repaired != email and meant and _domain(meant).ok else ""


@lru_cache(maxsize=65_536)
def _is_beyond_doubt(domain: str) -> bool:
    check = _domain(domain)
    return check.ok and not check.suggestion


@lru_cache(maxsize=65_536)
def _domain(domain: str) -> _Domain:
    """Check a domain; results are cached, as many donors share one."""
    is_common = len(domain) <= _LONGEST_COMMON and _COMMON_DOMAIN.fullmatch(domain) is not None
    if not is_common and not _validated(f"a@{domain}"):
        return _Domain(ok=False)
    return _Domain(ok=True, suggestion=_meant(domain))


def _validated(email: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        checked = validate_email(email, check_deliverability=False)
    except (EmailNotValidError, ValueError):
        return ""
    return checked.normalized.lower()


def _meant(domain: str) -> str:
    """Return the well-known domain that differs from this one by one typing error."""
    if domain in _GOOD:
        return ""
    for popular in _OF_SIMILAR_LENGTH.get(len(domain), ()):
        if _one_slip(domain, popular):
            return popular
    body, _, ending = domain.rpartition(".")
    return f"{body}.com" if ending in _WRONG_ENDINGS else ""


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many, wrong, or two are swapped; the lengths differ by one at most."""
    start = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if start is None:
        return True
    rest, wanted = typed[start:], meant[start:]
    swapped = rest[1:2] == wanted[:1] and rest[:1] == wanted[1:2] and rest[2:] == wanted[2:]
    return swapped or rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:]
