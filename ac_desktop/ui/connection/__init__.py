"""Connections in the window: directory, test and reactivation."""
