"""Every change of a dossier: drafted, approved, packed, sent, answered, held."""
