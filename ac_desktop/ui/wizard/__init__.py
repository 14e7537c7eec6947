"""Setting a connection up, or changing any part of it."""
