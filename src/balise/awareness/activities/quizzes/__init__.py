"""Quizzes: answered alone or by a class, explained, printed, never a score of a person."""
