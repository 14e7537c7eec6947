"""Backups, and databases that cannot be opened."""
