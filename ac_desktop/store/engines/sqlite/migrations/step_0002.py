"""The second schema: watched folders, settings of the whole program, when a donor's data was taken out, and
which batches are being taken in, which every claim asks.

Columns added to tables whose rows can lie in the bin are nullable: what was put there before knows no value.
"""

SQL = """
CREATE TABLE watched_folder (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    path TEXT NOT NULL
);

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

ALTER TABLE record ADD COLUMN forgotten_at REAL;

ALTER TABLE attempt ADD COLUMN emptied_at REAL;

CREATE INDEX batch_loading ON batch (id) WHERE loading_owner IS NOT NULL;
"""
