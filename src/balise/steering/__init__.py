"""The dashboard: reads tallies, and nothing else of the lines."""
