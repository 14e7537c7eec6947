"""Import results: shown, saved, and kept up to date with the queue."""
