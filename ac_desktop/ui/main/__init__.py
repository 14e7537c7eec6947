"""The main window: frame, actions, banner, connection bar and status line."""
