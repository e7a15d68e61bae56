"""Every question about hotlines, transfers and letters, narrowed to who asks."""
