"""Quizzes as accessible PDF, and the example of a file."""
