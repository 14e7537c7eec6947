"""The first schema: connections, batches, records, attempts, decisions and events."""

from typing import Final

FIRST_SCHEMA: Final = """
CREATE TABLE account (
    host TEXT PRIMARY KEY,
    pace INTEGER NOT NULL
);

CREATE TABLE team (
    name TEXT PRIMARY KEY COLLATE NOCASE,
    pages TEXT NOT NULL
);

CREATE TABLE connection (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    key_name TEXT NOT NULL UNIQUE,
    base TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (host),
    list_id TEXT NOT NULL,
    list_name TEXT NOT NULL,
    scope_kind TEXT NOT NULL,
    scope_pages TEXT NOT NULL,
    team TEXT,
    phone_style TEXT NOT NULL,
    consent_guard INTEGER NOT NULL,
    keep_fields TEXT NOT NULL,
    state TEXT NOT NULL,
    streak INTEGER NOT NULL,
    wait_until REAL NOT NULL,
    careful INTEGER NOT NULL,
    created_at REAL NOT NULL,
    relayed_at REAL
);

CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sheet TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    header TEXT NOT NULL,
    recognised_as TEXT NOT NULL DEFAULT '',
    queued_at REAL NOT NULL,
    loading_owner TEXT,
    first_record INTEGER,
    last_record INTEGER,
    rows_read INTEGER,
    withdrawn INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX batch_by_file ON batch (connection_id, sha256);

CREATE TABLE record (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    page TEXT NOT NULL,
    page_name TEXT NOT NULL,
    team TEXT NOT NULL,
    source TEXT NOT NULL,
    donation_id TEXT NOT NULL,
    donated_at TEXT NOT NULL,
    state TEXT NOT NULL,
    step TEXT NOT NULL DEFAULT 'contact',
    contact_id TEXT,
    contact_created INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    next_try_at REAL NOT NULL DEFAULT 0,
    busy_waited REAL NOT NULL DEFAULT 0,
    cause TEXT,
    reason TEXT,
    warnings TEXT,
    row_hash INTEGER,
    owner TEXT,
    lease_until REAL,
    claim_token INTEGER,
    resubscribe INTEGER NOT NULL DEFAULT 0,
    bulk_batch_id INTEGER,
    bulk_refused INTEGER NOT NULL DEFAULT 0,
    changed_at REAL NOT NULL
);
CREATE INDEX record_by_state ON record (connection_id, state, id);

CREATE TABLE email_at (
    email TEXT NOT NULL,
    record_id INTEGER NOT NULL,
    PRIMARY KEY (email, record_id)
) WITHOUT ROWID;

CREATE TABLE seen_row (
    connection_id INTEGER NOT NULL,
    row_hash INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    PRIMARY KEY (connection_id, row_hash, record_id)
) WITHOUT ROWID;

CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
);

CREATE TABLE layout (
    fingerprint TEXT PRIMARY KEY,
    columns TEXT NOT NULL,
    date_order TEXT NOT NULL,
    changed_at REAL NOT NULL
);

CREATE TABLE edit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    at REAL NOT NULL,
    who TEXT NOT NULL,
    field TEXT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL
);
CREATE INDEX edit_by_record ON edit (record_id);

CREATE TABLE source_row (
    record_id INTEGER PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
    cells TEXT NOT NULL
);

CREATE TABLE tally (
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (connection_id, batch_id, state)
) WITHOUT ROWID;

CREATE TRIGGER record_moves AFTER UPDATE OF state ON record WHEN OLD.state <> NEW.state
BEGIN
    UPDATE tally SET number = number - 1
        WHERE connection_id = OLD.connection_id AND batch_id = OLD.batch_id AND state = OLD.state;
    INSERT INTO tally (connection_id, batch_id, state, number)
        VALUES (NEW.connection_id, NEW.batch_id, NEW.state, 1)
        ON CONFLICT DO UPDATE SET number = number + 1;
END;

CREATE TRIGGER record_goes AFTER DELETE ON record
BEGIN
    DELETE FROM email_at WHERE email = OLD.email AND record_id = OLD.id;
    DELETE FROM seen_row
        WHERE connection_id = OLD.connection_id AND row_hash = OLD.row_hash AND record_id = OLD.id;
    UPDATE tally SET number = number - 1
        WHERE connection_id = OLD.connection_id AND batch_id = OLD.batch_id AND state = OLD.state;
END;

CREATE TRIGGER record_is_readdressed AFTER UPDATE OF email ON record WHEN OLD.email <> NEW.email
BEGIN
    DELETE FROM email_at WHERE email = OLD.email AND record_id = OLD.id;
    INSERT OR IGNORE INTO email_at (email, record_id) VALUES (NEW.email, NEW.id);
END;

CREATE TABLE bulk_batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    taken_as TEXT,
    started_at REAL NOT NULL,
    taken_at REAL,
    steps BLOB
);
CREATE INDEX bulk_batch_by_connection ON bulk_batch (connection_id, state);

CREATE TABLE bulk_member (
    bulk_batch_id INTEGER NOT NULL REFERENCES bulk_batch (id) ON DELETE CASCADE,
    record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    PRIMARY KEY (bulk_batch_id, record_id)
) WITHOUT ROWID;
CREATE INDEX bulk_member_by_record ON bulk_member (record_id);

CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    at REAL NOT NULL,
    verdict TEXT NOT NULL,
    why TEXT NOT NULL,
    who TEXT NOT NULL,
    held_for TEXT
);
CREATE INDEX decision_by_record ON decision (record_id);
CREATE INDEX decision_by_connection ON decision (connection_id, id);

CREATE TABLE attempt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    record_id INTEGER NOT NULL REFERENCES record (id) ON DELETE CASCADE,
    started_at REAL NOT NULL,
    duration_ms INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    cause TEXT,
    reason TEXT,
    streak INTEGER NOT NULL,
    contact_payload TEXT NOT NULL,
    list_payload TEXT,
    bulk_batch_id INTEGER,
    donors INTEGER NOT NULL DEFAULT 1,
    steps BLOB NOT NULL
);
CREATE INDEX attempt_by_connection ON attempt (connection_id, id);
CREATE INDEX attempt_by_record ON attempt (record_id);
CREATE INDEX attempt_by_bulk_batch ON attempt (bulk_batch_id) WHERE bulk_batch_id IS NOT NULL;

CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    at REAL NOT NULL,
    kind TEXT NOT NULL,
    details TEXT NOT NULL,
    who TEXT NOT NULL,
    after_attempt INTEGER NOT NULL
);
CREATE INDEX event_by_connection ON event (connection_id, id);

CREATE TABLE bin (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    removal INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    connection_id INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    removed_at REAL NOT NULL,
    who TEXT NOT NULL,
    belongs_to TEXT NOT NULL,
    kept TEXT NOT NULL
);
CREATE INDEX bin_by_removal ON bin (removal, record_id);
"""
