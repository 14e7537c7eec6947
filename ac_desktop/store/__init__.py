"""All that is kept: the queue, connections, history and keys."""
