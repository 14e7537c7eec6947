"""The engine for an office: one database on a PostgreSQL server, shared by several workstations."""
