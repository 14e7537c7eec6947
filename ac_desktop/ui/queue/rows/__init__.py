"""How the rows of the queue look: the head, what a cell shows, and how it is painted."""
