"""What the police are told: a numbered dossier, signed, dated and sealed, and what came of it."""
