"""Where files come from by themselves."""
