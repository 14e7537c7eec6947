"""How fast the program is, each figure against the least any program could do for the same work in the same run."""
