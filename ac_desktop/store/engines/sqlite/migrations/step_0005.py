"""Corrections: which row of a batch replaces which record, and how that record stood before it was replaced."""

SQL = """
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
