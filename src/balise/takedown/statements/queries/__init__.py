"""What our notices and the platforms' statements say, to someone who may read it."""
