"""The staff door: one's own day of looking, and what a team bears together."""
