"""Surveys: a wording published whole, anonymous answers, results with their margins."""
