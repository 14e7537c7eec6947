"""Donor files in: opened, detected, validated, staged and queued."""
