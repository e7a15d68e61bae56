"""A picture of their screen that a child shows its listener. Off until counsel has answered."""
