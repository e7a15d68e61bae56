"""Periods, boards, readings and the sentences that say them: no table, no clock."""
