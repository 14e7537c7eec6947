"""The second schema: folders that connections watch."""

SQL = """
CREATE TABLE watched_folder (
    connection_id INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
    path TEXT NOT NULL
);
"""
