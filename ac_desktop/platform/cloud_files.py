"""Files of which only the name is on this computer: OneDrive and its like fetch the content when it is first read."""

import os
import stat
from typing import Final

_RECALL_ON_OPEN: Final = 0x00040000
_RECALL_ON_READ: Final = 0x00400000
"""FILE_ATTRIBUTE_RECALL_ON_OPEN and FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS (winnt.h), which `stat` does not name."""
_ON_WINDOWS: Final = stat.FILE_ATTRIBUTE_OFFLINE | _RECALL_ON_OPEN | _RECALL_ON_READ
_ON_MACOS: Final = 0x40000000
"""SF_DATALESS (sys/stat.h)."""


def is_online_only(facts: os.stat_result) -> bool:
    """Whether the content of a file must be fetched before it can be read; its size is known all the same."""
    attributes = getattr(facts, "st_file_attributes", 0) & _ON_WINDOWS
    return bool(attributes or getattr(facts, "st_flags", 0) & _ON_MACOS)
