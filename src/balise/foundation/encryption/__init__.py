"""What is sealed, and the only place that knows keys."""
