"""Offences and their elements, by date, from country packs."""
