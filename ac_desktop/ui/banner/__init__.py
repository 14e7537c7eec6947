"""The banner: at most one at a time, the worst first, with what happened, why, and the button that helps."""
