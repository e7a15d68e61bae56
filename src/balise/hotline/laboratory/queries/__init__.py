"""Every question about the laboratory."""
