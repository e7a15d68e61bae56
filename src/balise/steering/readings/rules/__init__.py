"""What is decided about readings, without a database."""
