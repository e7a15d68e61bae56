"""The dossiers, behind the staff door."""
