"""What our notices and the platforms' statements say, to whoever may read it."""
