"""A person's whole jobs in the window, by keyboard or mouse alone, from the first key to what is then seen."""
