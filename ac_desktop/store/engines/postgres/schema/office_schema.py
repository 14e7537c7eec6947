"""What the store's tables do by themselves, and the tables that workstations of an office share beside the store's."""

from typing import Final

TRIGGERS: Final = """
CREATE FUNCTION count_moved_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tally SET number = tally.number + moved.number FROM (
        SELECT connection_id, batch_id, state, SUM(number)::bigint AS number FROM (
            SELECT connection_id, batch_id, state, -1 AS number FROM old_rows
            UNION ALL SELECT connection_id, batch_id, state, 1 FROM new_rows
        ) AS changes GROUP BY 1, 2, 3 HAVING SUM(number) < 0
    ) AS moved
    WHERE tally.connection_id = moved.connection_id AND tally.batch_id = moved.batch_id AND tally.state = moved.state;
    INSERT INTO tally (connection_id, batch_id, state, number)
        SELECT connection_id, batch_id, state, SUM(number) FROM (
            SELECT connection_id, batch_id, state, -1 AS number FROM old_rows
            UNION ALL SELECT connection_id, batch_id, state, 1 FROM new_rows
        ) AS changes GROUP BY 1, 2, 3 HAVING SUM(number) > 0
        ON CONFLICT (connection_id, batch_id, state) DO UPDATE SET number = tally.number + excluded.number;
    RETURN NULL;
END $$;
CREATE TRIGGER record_moves AFTER UPDATE ON record REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_moved_records();

CREATE FUNCTION forget_deleted_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM source_row USING old_rows WHERE source_row.record_id = old_rows.id;
    DELETE FROM email_at USING old_rows
        WHERE email_at.email = old_rows.email AND email_at.record_id = old_rows.id;
    DELETE FROM seen_row USING old_rows
        WHERE seen_row.connection_id = old_rows.connection_id AND seen_row.row_hash = old_rows.row_hash
        AND seen_row.record_id = old_rows.id;
    UPDATE tally SET number = tally.number - gone.number FROM (
        SELECT connection_id, batch_id, state, COUNT(*) AS number FROM old_rows GROUP BY 1, 2, 3
    ) AS gone
    WHERE tally.connection_id = gone.connection_id AND tally.batch_id = gone.batch_id AND tally.state = gone.state;
    RETURN NULL;
END $$;
CREATE TRIGGER record_goes AFTER DELETE ON record REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION forget_deleted_records();

CREATE FUNCTION delete_records_of_batches() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = ac_desktop, pg_temp AS $$
BEGIN
    DELETE FROM record USING old_rows WHERE record.batch_id = old_rows.id;
    RETURN NULL;
END $$;
CREATE TRIGGER batch_goes AFTER DELETE ON batch REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION delete_records_of_batches();

CREATE FUNCTION delete_records_of_connections() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = ac_desktop, pg_temp AS $$
BEGIN
    DELETE FROM record USING old_rows WHERE record.connection_id = old_rows.id;
    RETURN NULL;
END $$;
CREATE TRIGGER connection_goes AFTER DELETE ON connection REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION delete_records_of_connections();

CREATE FUNCTION readdress_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM email_at WHERE email = OLD.email AND record_id = OLD.id;
    INSERT INTO email_at (email, record_id) VALUES (NEW.email, NEW.id) ON CONFLICT (email, record_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER record_is_readdressed AFTER UPDATE OF email ON record FOR EACH ROW
    WHEN (OLD.email <> NEW.email) EXECUTE FUNCTION readdress_record();
"""
"""The tallies are counted once a statement: a row that a transaction updates a thousand times is slower each time. What
goes with a batch or a connection is deleted with the owner's rights, as nobody may delete records by themselves."""

OFFICE: Final = """
CREATE TABLE office (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    version BIGINT NOT NULL,
    oldest_program BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL DEFAULT ''
);

CREATE TABLE owner (
    id TEXT COLLATE "C" PRIMARY KEY,
    workstation TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    since DOUBLE PRECISION NOT NULL,
    seen DOUBLE PRECISION NOT NULL,
    relaying BIGINT[] NOT NULL DEFAULT '{}',
    knows BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE person (
    name TEXT COLLATE "C" PRIMARY KEY,
    login TEXT COLLATE "C" NOT NULL UNIQUE,
    role TEXT COLLATE "C" NOT NULL,
    invited_by TEXT COLLATE "C" NOT NULL,
    invited_at DOUBLE PRECISION NOT NULL,
    joined_at DOUBLE PRECISION,
    withdrawn_by TEXT COLLATE "C",
    withdrawn_at DOUBLE PRECISION
);

CREATE TABLE workstation (
    name TEXT COLLATE "C" PRIMARY KEY,
    person TEXT COLLATE "C" NOT NULL,
    version TEXT COLLATE "C" NOT NULL,
    seen DOUBLE PRECISION NOT NULL
);

CREATE FUNCTION see_workstation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE workstation SET seen = greatest(seen, NEW.seen), version = NEW.version
        WHERE name = NEW.workstation AND person = NEW.person;
    RETURN NULL;
END $$;
CREATE TRIGGER owner_is_seen AFTER INSERT OR UPDATE OF seen ON owner
    FOR EACH ROW EXECUTE FUNCTION see_workstation();

CREATE TABLE pushed_entry (
    token TEXT COLLATE "C" PRIMARY KEY,
    at DOUBLE PRECISION NOT NULL
);

CREATE TABLE erased_address (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    code BYTEA NOT NULL
);

CREATE TABLE key_hash (
    connection_id BIGINT PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    salt BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    at DOUBLE PRECISION NOT NULL
);

CREATE FUNCTION sign_and_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.who := COALESCE((SELECT name FROM ac_desktop.person WHERE login = session_user), session_user);
    NEW.at := extract(epoch FROM clock_timestamp());
    RETURN NEW;
END $$;
CREATE TRIGGER key_hash_is_signed BEFORE INSERT OR UPDATE ON key_hash
    FOR EACH ROW EXECUTE FUNCTION sign_and_date();

CREATE TABLE backup_made (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    who TEXT COLLATE "C" NOT NULL,
    at DOUBLE PRECISION NOT NULL
);
CREATE TRIGGER backup_is_signed BEFORE INSERT OR UPDATE ON backup_made
    FOR EACH ROW EXECUTE FUNCTION sign_and_date();

CREATE TABLE duty (
    account TEXT COLLATE "C" PRIMARY KEY,
    owner TEXT COLLATE "C" NOT NULL,
    until DOUBLE PRECISION NOT NULL,
    wish BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE waiting_owner (
    connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
    owner TEXT COLLATE "C" NOT NULL,
    since DOUBLE PRECISION NOT NULL,
    asked DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (connection_id, owner)
);

CREATE TABLE editing (
    record_id BIGINT NOT NULL,
    owner TEXT COLLATE "C" NOT NULL REFERENCES owner (id) ON DELETE CASCADE,
    PRIMARY KEY (record_id, owner)
);

CREATE TABLE news (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    transaction XID8 NOT NULL DEFAULT pg_current_xact_id(),
    connection BIGINT,
    at DOUBLE PRECISION NOT NULL
);
"""
"""`oldest_program` is the version of the schema that a program must know at least to work on this one, and an owner's
`knows` the one that its program knows.

`pushed_entry` are the tokens of the donors that came from workstations' outboxes, each of which counts once.
`erased_address` are codes of erased people, whom no outbox is to bring back. `key_hash` is what tells an outdated API
key from the present one; the key itself never leaves a workstation. `backup_made` is written by the administrator's
backup.
"""
