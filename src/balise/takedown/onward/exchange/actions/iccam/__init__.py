"""Every change about ICCAM: exported once, acted on in order, taken in once."""
