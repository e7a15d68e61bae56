"""Editions as people see them, and the deck that one makes."""
