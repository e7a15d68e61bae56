"""What the police are told: a numbered dossier, signed, dated and encrypted, and its outcome."""
