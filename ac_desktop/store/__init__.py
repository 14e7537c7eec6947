"""Persistent storage: the queue, connections, history and keys."""
