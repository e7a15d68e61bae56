"""Every change: hotlines approved, letters written, carried, brought, read and answered."""
