"""Periods, durations and numbers, for every module of the line: no table, no clock."""
