"""What the centre did on a day, with its editions."""
