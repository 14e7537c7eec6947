"""Backups, and recovery of databases that cannot be opened."""
