"""Donor files in, reports out."""
