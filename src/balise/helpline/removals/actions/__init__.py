"""What the removal desk does: ask, look twice, send, hear, look whether it is gone, insist."""
