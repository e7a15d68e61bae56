"""Export the yearly report; import statements; settle which notice each one answers."""
