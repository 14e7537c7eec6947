"""The long proof: everything at once for hours, against everything that goes wrong, with a checker of its own."""
