"""Every question about hotlines, transfers and letters, limited to what the reader may see."""
