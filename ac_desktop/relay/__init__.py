"""The worker threads that put records onto the list."""
