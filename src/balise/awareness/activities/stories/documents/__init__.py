"""Work on stories that is done in a child with limits."""
