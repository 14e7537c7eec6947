"""Attempts and events."""
