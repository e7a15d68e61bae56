"""The documents that a report gives rise to, drawn as accessible PDF (PDF/UA-1)."""
