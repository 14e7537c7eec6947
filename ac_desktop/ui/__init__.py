"""The window; one package for each part of the screen."""
