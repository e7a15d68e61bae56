"""Who may do what here."""

from balise.foundation.access import require as require

READ = "awareness.training.read"
REVOKE = "awareness.training.revoke"
