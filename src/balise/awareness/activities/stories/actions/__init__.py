"""Every change of stories."""
