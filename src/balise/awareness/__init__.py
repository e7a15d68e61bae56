"""Awareness: what is published for the young, their families and those who teach them."""
