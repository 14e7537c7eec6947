"""The database engines under the store."""
