"""The Anedot accounts that connections fetch donations from, the requests made to each account in a month, and which
donations were fetched, as keyed hashes of their IDs.

`left_out` tells a donation whose status left it out from one whose donor was taken in. `month` is that of UTC, as
2026-11. Counts of earlier months stay: a clock that is set back gives no requests back.
"""

SQL = """
CREATE TABLE anedot_source (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    account_uid TEXT NOT NULL,
    key_name TEXT NOT NULL UNIQUE
);

CREATE TABLE anedot_requests (
    account_uid TEXT NOT NULL,
    month TEXT NOT NULL,
    requests INTEGER NOT NULL,
    PRIMARY KEY (account_uid, month)
);

CREATE TABLE anedot_turn (
    account_uid TEXT PRIMARY KEY,
    began_at REAL NOT NULL
);

CREATE TABLE fetched_donation (
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    donation_hash INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    PRIMARY KEY (connection_id, donation_hash, left_out)
) WITHOUT ROWID;
"""
