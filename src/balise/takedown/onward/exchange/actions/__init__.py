"""Every change: hotlines approved, letters written, sent, received, read and answered."""
