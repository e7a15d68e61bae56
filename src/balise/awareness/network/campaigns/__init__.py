"""What the centre says at one time, under a code that figures carry."""
