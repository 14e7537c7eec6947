"""Brings corrected rows of a report back, and keeps edits of single records (rule 18)."""
