"""Every change here."""
