"""The steps of the database's schema, in order; the number of the last one is the schema's version.

Steps that are released never change: a new one is added at the end, and to `STEPS`.
"""

from typing import Final

from ac_desktop.store.engines.sqlite.first_schema import FIRST_SCHEMA

_STEP_2: Final = """
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
"""The second schema: watched folders, settings of the whole program, when a donor's data was taken out, and
which batches are being taken in, which every claim asks.

Columns added to tables whose rows can lie in the bin are nullable: what was put there before knows no value.
"""

_STEP_3: Final = """
ALTER TABLE record ADD COLUMN was_new INTEGER;

UPDATE record SET was_new = contact_created WHERE state = 'sent' AND contact_id IS NOT NULL;

ALTER TABLE record DROP COLUMN contact_created;
"""
"""The third schema: that a contact was created is no longer kept for later attempts.

Whether a donor who is sent was new to the account stays, for people and for estimates; no relay reads it.
"""

_STEP_4: Final = """
CREATE TABLE renamed AS
SELECT host, connection_id, pace, CASE
    WHEN here IN ('localhost', '127.0.0.1', '[::1]') THEN
        '127.0.0.1:' || CASE WHEN port > 0 THEN port WHEN base LIKE 'https:%' THEN 443 ELSE 80 END
    WHEN domain GLOB 'api-[a-z][a-z][0-9].com' OR domain GLOB 'api-[a-z][a-z][0-9][0-9].com'
        OR domain IN ('activehosted.com', 'listfly.com', 'api.activecampaign.com') THEN name || '.api-us1.com'
    ELSE host
END AS account
FROM (
    SELECT *, CASE WHEN below GLOB 'staging.*' THEN first || '.staging' ELSE first END AS name,
        CASE WHEN below GLOB 'staging.*' THEN substr(below, 9) ELSE below END AS domain
    FROM (
        SELECT a.host AS host, a.pace AS pace, c.id AS connection_id, c.base AS base,
            CASE WHEN a.host GLOB '*:[0-9]*' THEN rtrim(rtrim(a.host, '0123456789'), ':') ELSE a.host END AS here,
            CASE WHEN a.host GLOB '*:[0-9]*'
                THEN CAST(substr(a.host, length(rtrim(a.host, '0123456789')) + 1) AS INTEGER) END AS port,
            substr(a.host, 1, instr(a.host, '.') - 1) AS first, substr(a.host, instr(a.host, '.') + 1) AS below
        FROM account a LEFT JOIN connection c ON c.account = a.host
    )
);

INSERT INTO account (host, pace) SELECT account, MIN(pace) FROM renamed WHERE TRUE GROUP BY account
    ON CONFLICT DO UPDATE SET pace = MIN(pace, excluded.pace);

UPDATE connection SET account = (SELECT account FROM renamed WHERE connection_id = connection.id);

DELETE FROM account WHERE host NOT IN (SELECT account FROM renamed);

DROP TABLE renamed;
"""
"""One name for each account, whatever host name its connections use; before, each host was an account of its own.

Accounts that become one keep the slower pace: which was set last is not known. What a host is named must agree with
`model.address.account_of`.
"""

_STEP_5: Final = """
CREATE TABLE correction (
    batch_id INTEGER NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    row INTEGER NOT NULL,
    record_id INTEGER NOT NULL,
    edits INTEGER NOT NULL,
    replaced_by INTEGER,
    was_state TEXT,
    was_reason TEXT,
    was_cause TEXT,
    PRIMARY KEY (batch_id, row)
);
CREATE INDEX correction_by_record ON correction (record_id) WHERE replaced_by IS NOT NULL;
CREATE INDEX correction_by_replacement ON correction (replaced_by) WHERE replaced_by IS NOT NULL;
"""
"""Corrections: which row of a batch replaces which record, and how that record stood before it was replaced."""

_STEP_6: Final = """
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
"""The sixth schema: an account's list that is being read back after bulk requests, and in which attempt a donor who
went in bulk was found there.

`position` is the number of the last contact read; `unsettled` donors are still to be found, as counted at the start.
"""

_STEP_7: Final = """
ALTER TABLE record ADD COLUMN reason_code TEXT GENERATED ALWAYS AS (json_extract(reason, '$[0]')) VIRTUAL;

ALTER TABLE event ADD COLUMN record_id INTEGER
    GENERATED ALWAYS AS (CAST(json_extract(details, '$.record') AS INTEGER)) VIRTUAL;

CREATE INDEX event_by_record ON event (record_id) WHERE record_id IS NOT NULL;
"""
"""The seventh schema: the code of a record's reason, and the record that an event is about, as columns.

Both are generated from the JSON that is stored, so neither can disagree with it; statements name them as columns. As
they are not stored themselves, a removed row in the bin is restored without them.
"""

_STEP_8: Final = """
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
"""The eighth schema: relaying automatically, with its schedule, its notices and the webhook bodies that were taken.

`turn` counts how often the switch was turned on. A record with the number of the present turn came in by itself while
the switch was on, and leaves by itself while that turn lasts; any other waits for a person.
"""

_STEP_9: Final = """
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
"""The Anedot accounts that connections fetch donations from, the requests made to each account in a month, and which
donations were fetched, as keyed hashes of their IDs.

`left_out` tells a donation whose status left it out from one whose donor was taken in. `month` is that of UTC, as
2026-11. Counts of earlier months stay: a clock that is set back gives no requests back.
"""

_STEP_10: Final = """
ALTER TABLE layout ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE layout ADD COLUMN header TEXT NOT NULL DEFAULT '[]';
ALTER TABLE layout ADD COLUMN profile TEXT NOT NULL DEFAULT '';
"""
"""What else is known of a layout: its name, the headings of its files as JSON, and the profile that it adds to."""

_STEP_11: Final = """
ALTER TABLE batch ADD COLUMN who TEXT NOT NULL DEFAULT '';
"""
"""Who imported a batch: the login name at the computer; "" for batches of before."""

STEPS: Final = (
    FIRST_SCHEMA,
    _STEP_2,
    _STEP_3,
    _STEP_4,
    _STEP_5,
    _STEP_6,
    _STEP_7,
    _STEP_8,
    _STEP_9,
    _STEP_10,
    _STEP_11,
)
VERSION: Final = len(STEPS)
