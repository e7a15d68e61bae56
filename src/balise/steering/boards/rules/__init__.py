"""Readings, what leaves the house, the sentences that say it: no table, no clock."""
