"""The tables as peewee sees them, for composing queries of lists; their columns stand in `migrations/`."""

from typing import Final

from peewee import Table

RECORD: Final = Table("record")
BATCH: Final = Table("batch")
