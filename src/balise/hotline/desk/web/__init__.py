"""The desk of partners, and their questions at the analysts' side, behind the staff door."""
