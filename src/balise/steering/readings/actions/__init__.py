"""Changes of what is followed, and of its readings."""
