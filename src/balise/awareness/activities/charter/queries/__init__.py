"""Every question here."""
