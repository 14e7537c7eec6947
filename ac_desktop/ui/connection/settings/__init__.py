"""The dialog with a connection's settings, a page for each subject."""
