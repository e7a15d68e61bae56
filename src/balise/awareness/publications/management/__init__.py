"""The operators' commands of publications, and how they ask others."""
