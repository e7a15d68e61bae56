"""Briefings and exchange sheets as accessible PDF."""
