"""The laboratory: a victim has an image stopped without showing it."""
