"""Every change of a dossier: drafted, approved, packed, handed over, answered, held."""
