"""The measure of a text, and the goal for whom it is written. Pure."""
