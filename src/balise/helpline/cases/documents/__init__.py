"""The papers of a complaint, for the young person, their parents and the police."""
