"""What the doors of the reports read from a form; each form gives back values of the rules."""
