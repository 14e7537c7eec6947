"""One module a step of the database's schema, in order."""
