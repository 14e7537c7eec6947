"""Records corrected in place."""
