"""From the citizen's message to the verdict, the removal and the answer."""
