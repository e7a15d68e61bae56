"""What the press said of the centre, each item once."""
