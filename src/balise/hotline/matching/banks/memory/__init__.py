"""What a process remembers of the banks: the index, cards of entries, what it has yet to write."""
