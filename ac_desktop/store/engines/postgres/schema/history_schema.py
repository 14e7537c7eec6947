"""Changes of the history, which people only add to and read: functions with the owner's rights, each with its event.

What a role may do is asked within each. Days of keeping are counted by the server's own clock.
"""

from typing import Final

from ac_desktop.store.engines.postgres.schema.word_schema import FILLING, words_of

_RIGHTS: Final = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = ac_desktop, pg_temp"
KEPT_DAYS: Final = 30
"""Days for which removed records can be restored."""

_EVENTS: Final = f"""
CREATE FUNCTION details_of(details TEXT) RETURNS JSONB LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN replace(details, '\\u0000', '')::jsonb;
EXCEPTION WHEN OTHERS THEN
    RETURN '{{}}';
END $$;

CREATE FUNCTION note_change(
    of_connection BIGINT, what TEXT, about JSONB, numbers JSONB, moment DOUBLE PRECISION
) RETURNS VOID LANGUAGE plpgsql SET search_path = ac_desktop, pg_temp AS $$
DECLARE
    newest event%ROWTYPE;
    kept JSONB;
BEGIN
    SELECT * INTO newest FROM event WHERE connection_id = of_connection ORDER BY id DESC LIMIT 1;
    IF newest.kind = what AND newest.who = coalesce(person_here(), newest.who) THEN
        kept := details_of(newest.details);
    END IF;
    IF kept IS NOT NULL AND kept - ARRAY['rows', 'records', 'donors', 'attempts'] = about THEN
        UPDATE event SET details = (kept || (
            SELECT coalesce(jsonb_object_agg(key, (coalesce((kept ->> key)::bigint, 0) + value::bigint)::text), '{{}}')
            FROM jsonb_each_text(numbers)
        ))::text WHERE id = newest.id;
        RETURN;
    END IF;
    INSERT INTO event (connection_id, at, kind, details, who, after_attempt) VALUES (
        of_connection, moment, what, (about || numbers)::text, coalesce(person_here(), session_user),
        coalesce((SELECT max(id) FROM attempt WHERE connection_id = of_connection), 0)
    );
END $$;

CREATE FUNCTION note_erasure(receipt TEXT, moment DOUBLE PRECISION) RETURNS VOID {_RIGHTS} AS $$
DECLARE
    one BIGINT;
BEGIN
    PERFORM require_role('admin');
    IF NOT receipt ~ '^[0-9A-F]{{8}}$' THEN
        RAISE EXCEPTION 'no number of an erasure record';
    END IF;
    FOR one IN SELECT id FROM connection c WHERE NOT EXISTS (
        SELECT FROM event WHERE connection_id = c.id AND kind = 'erased' AND details_of(details) ->> 'receipt' = receipt
    ) ORDER BY id LOOP
        PERFORM note_change(one, 'erased', jsonb_build_object('receipt', receipt), '{{}}', moment);
    END LOOP;
END $$;

CREATE FUNCTION kept_since(receipt TEXT) RETURNS DOUBLE PRECISION LANGUAGE plpgsql STABLE
SET search_path = ac_desktop, pg_temp AS $$
DECLARE
    days BIGINT := coalesce((SELECT value::bigint FROM setting WHERE name = 'retention days'), 90);
BEGIN
    IF receipt <> '' OR is_owner_here(session_user) THEN
        RETURN 'infinity';
    END IF;
    IF days = 0 THEN
        RETURN '-infinity';
    END IF;
    RETURN extract(epoch FROM clock_timestamp()) - days * 86400;
END $$;
"""
"""What is older than `kept_since` may be emptied: all of it by an erasure. Changes of one kind that follow one another
are one event, whose numbers grow."""

_STAGED: Final = f"""
CREATE FUNCTION delete_staged(of_batch BIGINT, first_id BIGINT, last_id BIGINT) RETURNS BIGINT {_RIGHTS} AS $$
DECLARE
    deleted BIGINT;
BEGIN
    PERFORM require_role('admin', 'staff', 'relay');
    PERFORM FROM batch WHERE id = of_batch AND loading_owner IS NOT NULL;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    DELETE FROM record WHERE id BETWEEN first_id AND last_id AND batch_id = of_batch;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END $$;

CREATE FUNCTION delete_staged_batch(of_batch BIGINT) RETURNS VOID {_RIGHTS} AS $$
BEGIN
    PERFORM require_role('admin', 'staff', 'relay');
    DELETE FROM batch WHERE id = of_batch AND loading_owner IS NOT NULL;
END $$;

CREATE FUNCTION withdraw_records(
    of_batch BIGINT, first_id BIGINT, last_id BIGINT, moment DOUBLE PRECISION
) RETURNS BIGINT {_RIGHTS} AS $$
DECLARE
    known batch%ROWTYPE;
    deleted BIGINT;
BEGIN
    PERFORM require_role('admin', 'staff');
    SELECT * INTO known FROM batch WHERE id = of_batch AND loading_owner IS NULL;
    DELETE FROM record WHERE id BETWEEN first_id AND last_id AND batch_id = known.id AND state = 'waiting'
        AND step <> 'result';
    GET DIAGNOSTICS deleted = ROW_COUNT;
    IF deleted > 0 THEN
        UPDATE batch SET withdrawn = withdrawn + deleted WHERE id = known.id;
        PERFORM note_change(known.connection_id, 'withdrawn', jsonb_build_object('kind', known.kind, 'file',
            CASE WHEN known.kind IN ('file', 'fetch') THEN known.file_name ELSE '' END),
            jsonb_build_object('rows', deleted::text), coalesce(moment, extract(epoch FROM clock_timestamp())));
    END IF;
    RETURN deleted;
END $$;
"""

_PARTS: Final = "ARRAY['record', 'source_row', 'email_at', 'seen_row', 'attempt', 'edit', 'decision', 'bulk_member']"
"""What is removed and restored with a record."""

_REMOVED: Final = f"""
CREATE FUNCTION stored_columns(of_table TEXT) RETURNS TEXT LANGUAGE sql STABLE AS $$
    SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_catalog.pg_attribute
    WHERE attrelid = ('ac_desktop.' || quote_ident(of_table))::regclass AND attnum > 0 AND NOT attisdropped
        AND attgenerated = ''
$$;

CREATE FUNCTION remove_records(ids BIGINT[], as_removal BIGINT, moment DOUBLE PRECISION) RETURNS BIGINT {_RIGHTS} AS $$
DECLARE
    removable BIGINT[];
    part TEXT;
    key TEXT;
    one RECORD;
BEGIN
    PERFORM require_role('admin', 'staff');
    SELECT array_agg(id) INTO removable FROM record
        WHERE id = ANY(ids) AND state <> 'sending' AND step <> 'result';
    IF removable IS NULL THEN
        RETURN 0;
    END IF;
    FOREACH part IN ARRAY {_PARTS} LOOP
        key := CASE part WHEN 'record' THEN 'id' ELSE 'record_id' END;
        EXECUTE format(
            'INSERT INTO bin (removal, record_id, connection_id, removed_at, who, belongs_to, kept)
            SELECT $1, r.id, r.connection_id, $2, $3, %1$L, (to_jsonb(t) || %4$s)::text
            FROM record r JOIN (SELECT %3$s FROM %1$I) t ON t.%2$I = r.id WHERE r.id = ANY($4) ORDER BY r.id',
            part, key, stored_columns(part), CASE part WHEN 'attempt'
                THEN 'jsonb_build_object(''steps'', upper(encode(t.steps, ''hex'')))' ELSE '''{{}}''::jsonb' END
        ) USING as_removal, moment, coalesce(person_here(), session_user), removable;
    END LOOP;
    FOR one IN SELECT connection_id, COUNT(*) AS number FROM record WHERE id = ANY(removable) GROUP BY 1 ORDER BY 1 LOOP
        PERFORM note_change(one.connection_id, 'removed', jsonb_build_object('removal', as_removal::text),
            jsonb_build_object('records', one.number::text), moment);
    END LOOP;
    DELETE FROM record WHERE id = ANY(removable);
    RETURN cardinality(removable);
END $$;

CREATE FUNCTION restore_records(ids BIGINT[], of_removal BIGINT, moment DOUBLE PRECISION) RETURNS BIGINT {_RIGHTS} AS $$
DECLARE
    part TEXT;
    one RECORD;
BEGIN
    PERFORM require_role('admin', 'staff');
    PERFORM set_config('ac_desktop.keeps_who', 'on', true);
    FOREACH part IN ARRAY {_PARTS} LOOP
        EXECUTE format(
            'INSERT INTO %1$I (%2$s) SELECT %2$s FROM (
                SELECT (jsonb_populate_record(NULL::ac_desktop.%1$I, %3$s)).* FROM (
                    SELECT id, kept::jsonb AS kept FROM bin
                    WHERE removal = $1 AND belongs_to = %1$L AND record_id = ANY($2)
                ) AS b ORDER BY b.id
            ) AS t ON CONFLICT DO NOTHING',
            part, stored_columns(part), CASE part WHEN 'attempt'
                THEN 'b.kept || jsonb_build_object(''steps'', ''\\x'' || (b.kept ->> ''steps''))' ELSE 'b.kept' END
        ) USING of_removal, ids;
    END LOOP;
    PERFORM set_config('ac_desktop.keeps_who', 'off', true);
    PERFORM pg_advisory_xact_lock_shared({FILLING});
    INSERT INTO record_words (record_id, words) SELECT r.id, {words_of("r")} FROM record r WHERE r.id = ANY(ids)
        ON CONFLICT (record_id) DO NOTHING;
    INSERT INTO tally (connection_id, batch_id, state, number)
        SELECT connection_id, batch_id, state, COUNT(*) FROM record WHERE id IN (
            SELECT record_id FROM bin WHERE removal = of_removal AND belongs_to = 'record' AND record_id = ANY(ids)
        ) GROUP BY 1, 2, 3
        ON CONFLICT (connection_id, batch_id, state) DO UPDATE SET number = tally.number + excluded.number;
    FOR one IN SELECT connection_id, COUNT(DISTINCT record_id) AS number FROM bin
        WHERE removal = of_removal AND record_id = ANY(ids) GROUP BY 1 ORDER BY 1 LOOP
        PERFORM note_change(one.connection_id, 'restored', jsonb_build_object('removal', of_removal::text),
            jsonb_build_object('records', one.number::text), moment);
    END LOOP;
    DELETE FROM bin WHERE removal = of_removal AND record_id = ANY(ids);
    RETURN cardinality(ids);
END $$;

CREATE FUNCTION purge_removed(older_than DOUBLE PRECISION) RETURNS BIGINT {_RIGHTS} AS $$
DECLARE
    deleted BIGINT;
BEGIN
    PERFORM require_role('admin', 'staff', 'relay');
    DELETE FROM bin WHERE removed_at < CASE WHEN is_owner_here(session_user) THEN older_than
        ELSE least(older_than, extract(epoch FROM clock_timestamp()) - {KEPT_DAYS} * 86400) END;
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END $$;
"""

_EMPTIED: Final = f"""
CREATE FUNCTION empty_attempts(
    ids BIGINT[], reasons TEXT[], emptied BYTEA[], moment DOUBLE PRECISION, receipt TEXT
) RETURNS VOID {_RIGHTS} AS $$
DECLARE
    before DOUBLE PRECISION := kept_since(receipt);
    one RECORD;
BEGIN
    IF receipt = '' THEN
        PERFORM require_role('admin', 'relay');
    ELSE
        PERFORM note_erasure(receipt, moment);
    END IF;
    FOR one IN
        WITH changed AS (
            UPDATE attempt a SET contact_payload = '{{}}', list_payload = NULL, reason = given.why,
                steps = given.now_steps, emptied_at = moment
            FROM unnest(ids, reasons, emptied) AS given (id, why, now_steps)
            WHERE a.id = given.id AND a.started_at < before RETURNING a.connection_id
        ) SELECT connection_id, COUNT(*) AS number FROM changed GROUP BY 1 ORDER BY 1
    LOOP
        IF receipt = '' THEN
            PERFORM note_change(one.connection_id, 'emptied', '{{}}',
                jsonb_build_object('attempts', one.number::text), moment);
        END IF;
    END LOOP;
END $$;

CREATE FUNCTION anonymise_records(ids BIGINT[], moment DOUBLE PRECISION, receipt TEXT) RETURNS VOID {_RIGHTS} AS $$
DECLARE
    before DOUBLE PRECISION := kept_since(receipt);
    chosen BIGINT[];
    one RECORD;
BEGIN
    IF receipt = '' THEN
        PERFORM require_role('admin', 'relay');
        SELECT array_agg(id) INTO chosen FROM record
            WHERE id = ANY(ids) AND state IN ('sent', 'skipped') AND changed_at < before;
        FOR one IN SELECT connection_id, COUNT(*) AS number FROM record WHERE id = ANY(chosen) GROUP BY 1 ORDER BY 1
        LOOP
            PERFORM note_change(one.connection_id, 'emptied', '{{}}',
                jsonb_build_object('donors', one.number::text), moment);
        END LOOP;
    ELSE
        PERFORM note_erasure(receipt, moment);
        chosen := ids;
        UPDATE decision SET held_for = NULL WHERE record_id = ANY(chosen);
    END IF;
    DELETE FROM source_row WHERE record_id = ANY(chosen);
    DELETE FROM edit WHERE record_id = ANY(chosen);
    UPDATE decision SET why = '' WHERE record_id = ANY(chosen);
    UPDATE event SET details = (details_of(details) - 'why')::text
        WHERE record_id = ANY(chosen) AND details_of(details) ? 'why';
END $$;

CREATE FUNCTION forget_removed(
    removals BIGINT[], records BIGINT[], moment DOUBLE PRECISION, receipt TEXT
) RETURNS VOID {_RIGHTS} AS $$
BEGIN
    PERFORM note_erasure(receipt, moment);
    DELETE FROM bin USING unnest(removals, records) AS given (removal, record)
        WHERE bin.removal = given.removal AND bin.record_id = given.record;
END $$;

CREATE FUNCTION mask_value(
    of_table TEXT, of_column TEXT, keys JSONB, was TEXT, masked TEXT, receipt TEXT, moment DOUBLE PRECISION
) RETURNS BOOLEAN {_RIGHTS} AS $$
DECLARE
    same_row TEXT := (SELECT string_agg(format('%I = %L', key, value), ' AND ') FROM jsonb_each_text(keys));
    changed BIGINT;
BEGIN
    PERFORM note_erasure(receipt, moment);
    IF of_table IN ('person', 'office', 'owner', 'connection', 'account', 'setting', 'secret') THEN
        RAISE insufficient_privilege USING MESSAGE = format('nobody is named in %s', of_table);
    END IF;
    EXECUTE format('UPDATE %1$I SET %2$I = %3$L WHERE %4$s AND %2$I = %5$L',
        of_table, of_column, masked, same_row, was);
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed > 0;
END $$;
"""

_SAMPLED: Final = f"""
CREATE FUNCTION sample_anew() RETURNS VOID {_RIGHTS} AS $$
DECLARE
    sampled TEXT;
    has_rows BOOLEAN;
    without_rows TEXT[] := '{{}}';
    forgotten RECORD;
BEGIN
    PERFORM require_role('admin');
    FOR sampled IN SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = 'ac_desktop' ORDER BY 1 LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', sampled) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('ANALYZE %I', sampled);
        ELSE
            without_rows := without_rows || sampled;
        END IF;
    END LOOP;
    FOR forgotten IN
        SELECT tablename, attname, format_type(atttypid, atttypmod) AS type,
            CASE WHEN attcollation = 0 THEN '' ELSE 'COLLATE "C"' END AS collated
        FROM pg_catalog.pg_stats s JOIN pg_catalog.pg_attribute a USING (attname)
        WHERE s.schemaname = 'ac_desktop' AND s.tablename = ANY(without_rows)
            AND a.attrelid = format('ac_desktop.%I', s.tablename)::regclass
            AND a.atttypid IN ('text'::regtype, 'bytea'::regtype)
        ORDER BY 1, 2
    LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE %s %s',
            forgotten.tablename, forgotten.attname, forgotten.type, forgotten.collated);
    END LOOP;
END $$;
"""
"""The server keeps some of each column's values to plan by, for months: an erased person's address may be one of them.
Those of a table without rows stay when it is sampled anew, and go when a column gets a type, though it is its own."""

HISTORY: Final = _EVENTS + _STAGED + _REMOVED + _EMPTIED + _SAMPLED
FUNCTIONS: Final = (
    "note_erasure",
    "delete_staged",
    "delete_staged_batch",
    "withdraw_records",
    "remove_records",
    "restore_records",
    "purge_removed",
    "empty_attempts",
    "anonymise_records",
    "forget_removed",
    "mask_value",
    "sample_anew",
    "begin_move",
    "close_office",
    "reopen_office",
)
"""What is executed with the owner's rights: by the people of the office alone."""
OWNERS_FUNCTIONS: Final = ("note_change",)
"""What those execute, and nobody else."""
