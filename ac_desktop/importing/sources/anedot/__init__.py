"""Donations fetched from Anedot's API."""
