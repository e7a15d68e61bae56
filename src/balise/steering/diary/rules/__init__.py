"""What is decided about the diary, without a database."""
