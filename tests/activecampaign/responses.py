"""Responses made by hand, and bodies as the account sends them."""

import json

from ac_desktop.activecampaign.requests import Response

OUTAGE = b'<div align="center" style="x">We are currently having some issues.  Please check back soon.</div>'
EMAIL = "annie@example.org"
SHORT_BODY = {"fieldValues": [], "contact": {"email": EMAIL, "fieldValues": ["14", "15"], "id": "25"}}


def got(status: int, body: object = b"", *, complete: bool = True, **headers: str) -> Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status=status, headers=named, body=raw, complete=complete)
