"""The wizard that sets a connection up or changes it."""
