"""The TLS settings of our connections: always verified, and without a key log.

`ssl.create_default_context`, which the libraries use or imitate, writes the secrets of every connection to the file
that the variable SSLKEYLOGFILE names: whoever reads it reads the key and every donor on the wire.
"""

import ssl
from typing import Any

from requests.adapters import HTTPAdapter


def context() -> ssl.SSLContext:
    """Return a context that verifies the peer and ignores the environment."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.hostname_checks_common_name = False
    return made


class TlsAdapter(HTTPAdapter):
    """An adapter with our own TLS context, also through a proxy."""

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401  as requests calls it
        """Use the context for every connection."""
        super().init_poolmanager(*arguments, **named, ssl_context=context())

    def proxy_manager_for(self, proxy: str, **named: Any) -> Any:  # noqa: ANN401  as requests calls it
        """Use the context for every connection through a proxy."""
        return super().proxy_manager_for(proxy, **named, ssl_context=context())
