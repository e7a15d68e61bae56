"""The notices, behind the staff door."""
