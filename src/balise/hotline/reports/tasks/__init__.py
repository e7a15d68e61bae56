"""What the hotline's worker does by itself, and what it tells partners."""
