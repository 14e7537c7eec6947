"""SQLite: the connection, its one writer, and the schema steps."""
