"""A dossier on paper (PDF/UA-1) and as a package: signed, dated, sealed, and checked again."""
