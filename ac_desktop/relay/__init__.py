"""The relay: worker threads that put records onto the list."""
