"""Every change in training."""
