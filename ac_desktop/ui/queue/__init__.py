"""The queue on the screen: tabs with counts, and a table that reads the store by pages."""
