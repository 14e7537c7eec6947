"""Who imported a batch: the login name at the computer; "" for batches of before."""

SQL = """
ALTER TABLE batch ADD COLUMN who TEXT NOT NULL DEFAULT '';
"""
