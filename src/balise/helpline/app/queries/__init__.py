"""What the app's pages read."""
