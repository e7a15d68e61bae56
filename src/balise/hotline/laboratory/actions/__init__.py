"""Every change of the laboratory."""
