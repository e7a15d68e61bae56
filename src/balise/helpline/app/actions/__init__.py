"""Every change of the app's tables."""
