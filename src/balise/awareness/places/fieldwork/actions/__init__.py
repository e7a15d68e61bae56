"""Every change to what is done in the field."""
