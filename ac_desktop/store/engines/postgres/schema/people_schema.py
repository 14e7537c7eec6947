"""Who people of an office are to its server: their roles, and the signature under what they add.

Tables are named with their schema where a person's own rights apply: a temporary table of theirs would come first.
"""

from typing import Final

_SIGNED: Final = ("attempt", "event", "edit", "decision", "batch")
_SIGN: Final = "".join(
    f"""
CREATE TRIGGER {table}_is_signed BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION sign_row();
"""
    for table in _SIGNED
)

PEOPLE: Final = f"""
CREATE FUNCTION is_owner_here(login NAME) RETURNS BOOLEAN LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(login, nspowner, 'MEMBER') FROM pg_catalog.pg_namespace WHERE nspname = 'ac_desktop'
$$;

CREATE FUNCTION role_here() RETURNS TEXT LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF ac_desktop.is_owner_here(session_user) THEN
        RETURN 'admin';
    END IF;
    RETURN (
        SELECT role FROM ac_desktop.person
        WHERE login = session_user AND joined_at IS NOT NULL AND withdrawn_at IS NULL
    );
END $$;

CREATE FUNCTION require_role(VARIADIC roles TEXT[]) RETURNS VOID LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF NOT coalesce(ac_desktop.role_here() = ANY(roles), false) THEN
        RAISE insufficient_privilege USING MESSAGE = format('only for %s', array_to_string(roles, ', '));
    END IF;
END $$;

CREATE FUNCTION person_here() RETURNS TEXT LANGUAGE sql STABLE AS $$
    SELECT name FROM ac_desktop.person WHERE login = session_user
$$;

CREATE FUNCTION keeps_who_here(login NAME) RETURNS BOOLEAN LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN current_setting('ac_desktop.keeps_who', true) = 'on' AND (
        ac_desktop.is_owner_here(login)
        OR EXISTS (SELECT FROM ac_desktop.moved_queue WHERE transaction = pg_current_xact_id())
    );
END $$;

CREATE FUNCTION keep_bin() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(ac_desktop.is_owner_here(current_user) OR ac_desktop.keeps_who_here(current_user), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'only removed records are in the bin';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bin_is_kept BEFORE INSERT ON bin FOR EACH ROW EXECUTE FUNCTION keep_bin();

CREATE FUNCTION sign_row() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF ac_desktop.keeps_who_here(current_user) THEN
        RETURN NEW;
    END IF;
    NEW.who := coalesce(ac_desktop.person_here(), NEW.who);
    NEW.workstation := left(coalesce(current_setting('ac_desktop.workstation', true), ''), 200);
    NEW.version := left(coalesce(current_setting('ac_desktop.version', true), ''), 50);
    RETURN NEW;
END $$;
{_SIGN}
CREATE FUNCTION sign_switch() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF ac_desktop.keeps_who_here(current_user) THEN
        RETURN NEW;
    END IF;
    NEW.changed_by := coalesce(ac_desktop.person_here(), NEW.changed_by);
    RETURN NEW;
END $$;
CREATE TRIGGER switch_is_signed BEFORE INSERT OR UPDATE ON automatic_relay
    FOR EACH ROW EXECUTE FUNCTION sign_switch();

CREATE FUNCTION sign_person() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    NEW.person := coalesce(ac_desktop.person_here(), NEW.person);
    RETURN NEW;
END $$;
CREATE TRIGGER owner_is_signed BEFORE INSERT ON owner FOR EACH ROW EXECUTE FUNCTION sign_person();
CREATE TRIGGER workstation_is_signed BEFORE INSERT ON workstation FOR EACH ROW EXECUTE FUNCTION sign_person();

CREATE FUNCTION keep_closed_batch() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = 'a batch that is closed stays as it is';
END $$;
CREATE TRIGGER batch_stays_closed BEFORE UPDATE OF loading_owner, first_record, last_record, rows_read ON batch
    FOR EACH ROW WHEN (
        OLD.loading_owner IS NULL AND (OLD.loading_owner, OLD.first_record, OLD.last_record, OLD.rows_read)
            IS DISTINCT FROM (NEW.loading_owner, NEW.first_record, NEW.last_record, NEW.rows_read)
    ) EXECUTE FUNCTION keep_closed_batch();

CREATE FUNCTION keep_admins_settings() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ac_desktop.require_role('admin');
    RETURN NEW;
END $$;
CREATE TRIGGER setting_is_kept BEFORE INSERT OR UPDATE ON setting
    FOR EACH ROW WHEN (NEW.name = 'retention days') EXECUTE FUNCTION keep_admins_settings();

CREATE FUNCTION keep_for_people() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ac_desktop.require_role('admin', 'staff');
    RETURN NEW;
END $$;
CREATE TRIGGER connection_stays_inactive BEFORE UPDATE OF state ON connection
    FOR EACH ROW WHEN (OLD.state = 'inactive' AND NEW.state <> 'inactive') EXECUTE FUNCTION keep_for_people();
CREATE TRIGGER record_stays_unsubscribed BEFORE UPDATE OF resubscribe ON record
    FOR EACH ROW WHEN (NEW.resubscribe > OLD.resubscribe) EXECUTE FUNCTION keep_for_people();
CREATE TRIGGER record_stays_held BEFORE UPDATE OF state ON record
    FOR EACH ROW WHEN (OLD.state = 'held' AND NEW.state IN ('waiting', 'sending', 'sent'))
    EXECUTE FUNCTION keep_for_people();
"""
"""Whoever has the office's schema, or moves a queue in, may insert what others have signed, once `ac_desktop.keeps_who`
is on: what comes out of the bin, or from another queue. A person who is none of the office's, as its server's
administrator, signs as they say. Only a person brings a connection back that is inactive, or lets go who is held."""
