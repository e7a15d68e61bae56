"""What the yearly report counts, and how statements of reasons are read and compared. Pure."""
