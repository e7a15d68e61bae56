"""What platforms say they did, beside what we asked of them; and our yearly report on it."""
