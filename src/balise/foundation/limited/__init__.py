"""Work on what strangers sent, done in a child process with limits."""
