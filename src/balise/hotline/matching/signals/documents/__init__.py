"""Pictures as files: hashed by children with limits."""
