"""Every change to the register of structures."""
