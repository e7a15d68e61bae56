"""What the vault's server half takes, shows and forgets; the layout of a dossier; its chain."""
