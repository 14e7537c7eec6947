"""The signature of a webhook request: that of Anedot is in the header X-Request-Signature.

It is the SHA-256 HMAC hex digest of the raw body with the webhook's secret token (help.anedot.com, article 9038669).
"""

import hmac
from hashlib import sha256
from typing import Final

_HEX_DIGITS: Final = 64


def signature_of(body: bytes, secret: str) -> str:
    """Return the signature of a body."""
    return hmac.new(secret.encode(), body, sha256).hexdigest()


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether a body has this signature; how long that takes does not depend on how much of it is right."""
    given = signature.strip().lower().encode("ascii", "replace")
    return (
        bool(secret) and len(given) == _HEX_DIGITS and hmac.compare_digest(given, signature_of(body, secret).encode())
    )
