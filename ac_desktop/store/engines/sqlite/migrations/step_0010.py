"""What else is known of a layout: its name, the headings of its files as JSON, and the profile that it adds to."""

SQL = """
ALTER TABLE layout ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE layout ADD COLUMN header TEXT NOT NULL DEFAULT '[]';
ALTER TABLE layout ADD COLUMN profile TEXT NOT NULL DEFAULT '';
"""
