"""The line steering: what happened, in figures, and what the committee decides of it."""
