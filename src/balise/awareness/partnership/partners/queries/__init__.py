"""The register of partners, the working groups and their advice, for who asks."""
