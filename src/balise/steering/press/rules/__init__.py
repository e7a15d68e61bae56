"""What is decided about press items, without a database."""
