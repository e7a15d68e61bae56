"""The whole house under another country's packs: each file here needs a process of its own."""
