"""What is asked about training."""
