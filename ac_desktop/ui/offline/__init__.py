"""What the window shows while an office's server is away: who waits on this computer, and a form for more."""
