"""Where people and partners reach the banks."""
