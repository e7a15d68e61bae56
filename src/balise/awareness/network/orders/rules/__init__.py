"""What is decided about printed kits, without a database."""
