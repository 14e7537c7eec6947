"""A queue that moves: from a data folder into its office, and from an office into a data folder."""
