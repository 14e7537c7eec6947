"""The database's schema, one module a step, in order; the last step's number is the schema's version."""

from typing import Final

from ac_desktop.store.migrations import step_0001, step_0002, step_0004

STEPS: Final[tuple[str, ...]] = (step_0001.SQL, step_0002.SQL, step_0004.SQL)
VERSION: Final = len(STEPS)
