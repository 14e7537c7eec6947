"""The second front end: the same store and relay without a window, for scripts and for computers without a screen."""
