"""Files of questions, read in a child with limits."""
