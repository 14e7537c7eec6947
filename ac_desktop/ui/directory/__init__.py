"""The directory of connections."""
