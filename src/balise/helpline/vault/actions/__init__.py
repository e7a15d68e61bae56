"""Every change: invited, shared, opened, revoked, backed up, linked, stamped, handed over."""
