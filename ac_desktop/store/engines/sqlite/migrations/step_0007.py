"""The seventh schema: the code of a record's reason, and the record that an event is about, as columns.

Both are generated from the JSON that is stored, so neither can disagree with it; statements name them as columns. As
they are not stored themselves, a removed row in the bin is restored without them.
"""

SQL = """
ALTER TABLE record ADD COLUMN reason_code TEXT GENERATED ALWAYS AS (json_extract(reason, '$[0]')) VIRTUAL;

ALTER TABLE event ADD COLUMN record_id INTEGER
    GENERATED ALWAYS AS (CAST(json_extract(details, '$.record') AS INTEGER)) VIRTUAL;

CREATE INDEX event_by_record ON event (record_id) WHERE record_id IS NOT NULL;
"""
