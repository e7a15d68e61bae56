"""The helpline's file; for now, what other lines refer to it."""
