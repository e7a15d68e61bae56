"""Who waits, whom a file is about, who was told: narrowed to who asks."""
