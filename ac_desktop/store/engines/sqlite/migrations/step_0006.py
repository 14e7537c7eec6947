"""The sixth schema: an account's list that is being read back after bulk requests, and in which attempt a donor who
went in bulk was found there.

`position` is the number of the last contact read; `unsettled` donors are still to be found, as counted at the start.
"""

SQL = """
CREATE TABLE list_reading (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    position INTEGER NOT NULL,
    unsettled INTEGER NOT NULL,
    confirmed INTEGER NOT NULL DEFAULT 0,
    not_active INTEGER NOT NULL DEFAULT 0,
    missing INTEGER NOT NULL DEFAULT 0,
    owner TEXT,
    lease_until REAL,
    claim_token INTEGER
);

ALTER TABLE record ADD COLUMN confirmed_in INTEGER;
"""
