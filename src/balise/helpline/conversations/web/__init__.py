"""The doors of conversations: the young person's pages, and the listener's pane."""
