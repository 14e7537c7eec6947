"""Which addresses ActiveCampaign accepts; its check is stricter than most (reference "Semantics that bite", 7)."""

import re
from typing import Final

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ATOM: Final = r"[a-z0-9!#$%&*+/=?^_`{|}~-]+"
_STRICT = re.compile(rf"^{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-z][a-z0-9-]*[a-z0-9]$", re.IGNORECASE)
_ROUGH = re.compile(r"^[^@\s]+@[^@\s]+$")
_LONGEST: Final = 254


def is_accepted(email: str) -> bool:
    """Whether ActiveCampaign accepts an address: no apostrophe, a domain with a dot."""
    return len(email) <= _LONGEST and _STRICT.match(email) is not None


def has_address_form(email: str) -> bool:
    """Whether an import accepts an address in its request; what fails later is in its report."""
    return _ROUGH.match(email) is not None
