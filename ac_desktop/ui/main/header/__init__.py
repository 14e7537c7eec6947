"""The header of the chosen connection: what it is, its failures in a row, the daily tools, the accented button."""
