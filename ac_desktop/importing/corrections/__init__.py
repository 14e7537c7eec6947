"""Corrections: rows of a report that come back, and edits of single records (rule 18)."""
