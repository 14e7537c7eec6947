"""Asking for a newer version: when a person wants it, and never otherwise."""
