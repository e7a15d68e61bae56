"""Every question about reports and content, limited to what the reader may see."""
