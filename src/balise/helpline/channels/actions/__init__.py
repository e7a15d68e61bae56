"""What is done with what is written to the helpline."""
