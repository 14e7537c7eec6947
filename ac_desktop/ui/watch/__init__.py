"""Folders that connections watch for new exports."""
