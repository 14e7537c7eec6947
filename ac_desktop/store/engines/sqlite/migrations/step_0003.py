"""The third schema: that a contact was created is no longer kept for later attempts.

Whether a donor who is sent was new to the account stays, for people and for estimates; no relay reads it.
"""

SQL = """
ALTER TABLE record ADD COLUMN was_new INTEGER;

UPDATE record SET was_new = contact_created WHERE state = 'sent' AND contact_id IS NOT NULL;

ALTER TABLE record DROP COLUMN contact_created;
"""
