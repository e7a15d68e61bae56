"""What a listener keeps of a contact, what it was about, and the figures that stay of it."""
