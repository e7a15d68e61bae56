"""What is decided about campaigns, without a database."""
