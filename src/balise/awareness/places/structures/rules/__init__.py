"""What is decided of structures: pure."""
