"""What educators say after a session with a kit: three questions by a code, no person."""
