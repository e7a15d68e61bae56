"""Organisations that the centre works with, working groups, and what they advise."""
