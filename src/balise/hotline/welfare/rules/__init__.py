"""When looking is enough: the centre's limits, and what they say at a moment."""
