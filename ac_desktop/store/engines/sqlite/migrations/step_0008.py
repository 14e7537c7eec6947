"""The eighth schema: relaying automatically, with its schedule, its notices and the webhook bodies that were taken.

`turn` counts how often the switch was turned on. A record with the number of the present turn came in by itself while
the switch was on, and leaves by itself while that turn lasts; any other waits for a person.
"""

SQL = """
CREATE TABLE automatic_relay (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    is_on INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    changed_at REAL NOT NULL,
    changed_by TEXT NOT NULL
);

ALTER TABLE record ADD COLUMN automatic_turn INTEGER;

CREATE INDEX record_automatic ON record (connection_id, automatic_turn, id)
    WHERE state = 'waiting' AND automatic_turn IS NOT NULL;

CREATE TABLE schedule (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    every_minutes INTEGER,
    time_of_day TEXT,
    chosen_at REAL NOT NULL
);

CREATE TABLE last_look (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    at REAL NOT NULL
);

CREATE TABLE fetched_days (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    through TEXT,
    not_before REAL NOT NULL
);

CREATE TABLE automatic_action (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    at REAL NOT NULL,
    code TEXT NOT NULL,
    details TEXT NOT NULL
);

CREATE TABLE notice (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    at REAL NOT NULL,
    code TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    closed_at REAL
);
CREATE UNIQUE INDEX notice_open ON notice (connection_id, code, subject) WHERE closed_at IS NULL;

CREATE TABLE webhook_body (
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    body_hash BLOB NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (connection_id, body_hash)
) WITHOUT ROWID;
"""
