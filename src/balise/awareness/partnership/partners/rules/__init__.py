"""Organisations, mandates, agreements and advice: their words and decisions. Pure."""
