"""The tables for peewee, to compose queries of lists; their columns are defined in `migrations/`."""

from typing import Final

from peewee import Table

RECORD: Final = Table("record")
BATCH: Final = Table("batch")
