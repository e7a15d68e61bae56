"""Calls: what a telephone exchange tells us, call-backs, and a day that is played again."""
