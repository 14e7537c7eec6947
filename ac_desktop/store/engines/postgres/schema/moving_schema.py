"""Queues that were moved into an office, and an office whose queue was moved out of it: its tables are read-only then.

Within a move the history is stored as others have signed it before. The triggers that refuse writers are made when the
office is closed, so that nobody waits for them before.
"""

from typing import Final

CLOSED: Final = "ACD01"
"""The server's code for a write to an office that is closed."""
_WRITTEN: Final = ("connection", "batch", "record", "bulk_batch", "list_reading", "automatic_relay")
"""The tables of which each import, relay, decision and change of a connection writes to one at least."""
MOVING: Final = f"""
CREATE TABLE moved_queue (
    id TEXT COLLATE "C" PRIMARY KEY,
    key_names TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL DEFAULT session_user,
    at DOUBLE PRECISION NOT NULL DEFAULT extract(epoch FROM clock_timestamp()),
    transaction XID8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE FUNCTION begin_move(move_id TEXT, names TEXT) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ac_desktop, pg_temp AS $$
BEGIN
    PERFORM require_role('admin');
    INSERT INTO moved_queue (id, key_names) VALUES (move_id, names);
    PERFORM set_config('ac_desktop.keeps_who', 'on', true);
END $$;

ALTER TABLE office ADD COLUMN moved_out TEXT COLLATE "C";

CREATE FUNCTION refuse_closed_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this office is closed' USING ERRCODE = '{CLOSED}';
END $$;

CREATE FUNCTION close_office(move_id TEXT) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ac_desktop, pg_temp AS $$
DECLARE
    written TEXT;
BEGIN
    PERFORM require_role('admin');
    FOREACH written IN ARRAY ARRAY{list(_WRITTEN)} LOOP
        EXECUTE format(
            'CREATE TRIGGER a_closed_office BEFORE INSERT OR UPDATE OR DELETE ON %I'
            ' FOR EACH ROW EXECUTE FUNCTION refuse_closed_office()', written
        );
    END LOOP;
    UPDATE office SET moved_out = move_id;
END $$;

CREATE FUNCTION reopen_office() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ac_desktop, pg_temp AS $$
DECLARE
    written TEXT;
BEGIN
    PERFORM require_role('admin');
    FOREACH written IN ARRAY ARRAY{list(_WRITTEN)} LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS a_closed_office ON %I', written);
    END LOOP;
    UPDATE office SET moved_out = NULL;
END $$;
"""
