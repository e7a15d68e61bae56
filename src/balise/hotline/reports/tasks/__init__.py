"""The hotline's jobs, and what it tells partners."""
