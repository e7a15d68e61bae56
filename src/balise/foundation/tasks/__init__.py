"""Work that waits: retries, dead letters, a schedule, a reaper."""
