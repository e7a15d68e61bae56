"""Accepting, passing on, wrapping up; and a life in danger."""
