"""What is known of banks: what matches, what is in them, why."""
