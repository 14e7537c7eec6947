"""The database's schema, one module a step, in order; the last step's number is the schema's version."""

from typing import Final

from ac_desktop.store.engines.sqlite.migrations import (
    step_0001,
    step_0002,
    step_0003,
    step_0004,
    step_0005,
    step_0006,
    step_0007,
    step_0008,
    step_0009,
    step_0010,
    step_0011,
)

STEPS: Final[tuple[str, ...]] = (
    step_0001.SQL,
    step_0002.SQL,
    step_0003.SQL,
    step_0004.SQL,
    step_0005.SQL,
    step_0006.SQL,
    step_0007.SQL,
    step_0008.SQL,
    step_0009.SQL,
    step_0010.SQL,
    step_0011.SQL,
)
VERSION: Final = len(STEPS)
