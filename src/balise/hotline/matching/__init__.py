"""Matching: known content is recognised. A folder of modules: signals, index, banks, exchange."""
