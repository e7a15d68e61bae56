"""What the worker does: carry letters, fetch them, read them, forget what was said once."""
