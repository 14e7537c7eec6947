"""The versions of an office's schema that this program goes by; it tells the server with every connection."""

from typing import Final

VERSION: Final = 1
"""The version that this program knows: the number of its steps."""
OLDEST_PROGRAM: Final = 1
"""The version of the schema that a program must know at least to work on this one."""
