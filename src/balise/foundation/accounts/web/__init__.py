"""The threshold of the staff door, one's own account, people, partners."""
