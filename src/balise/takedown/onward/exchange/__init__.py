"""A content decided here and hosted abroad goes to the hotline of that country, and back."""
