"""The window, one folder a place on the screen."""
