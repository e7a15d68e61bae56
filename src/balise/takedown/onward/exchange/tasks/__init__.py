"""The jobs: send letters, fetch them, read them, delete old nonces."""
