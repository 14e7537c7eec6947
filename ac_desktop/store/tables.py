"""The tables as peewee sees them, for composing the queries of lists and filters; their columns stand in migrations/."""

from typing import Final

from peewee import Table

RECORD: Final = Table("record")
BATCH: Final = Table("batch")
