"""The index: every known hash within a distance, found exactly.

It knows no table, no settings and no key.
"""
