"""Donor files in the window: read, match, check, result, and watched folders."""
