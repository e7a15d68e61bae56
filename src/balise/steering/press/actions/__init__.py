"""Changes of press items and of their groups."""
