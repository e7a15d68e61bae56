"""Telling others than the host: the police (`dossiers`), NCMEC (`cybertips`), foreign hotlines."""
