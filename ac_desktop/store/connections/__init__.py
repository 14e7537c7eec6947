"""Connections, accounts, teams and keys."""
