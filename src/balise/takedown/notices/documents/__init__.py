"""One notice in other forms: a letter (PDF/UA-1), a sheet to copy, JSON that programs read."""
