"""Who may do what here."""

from balise.foundation.access import require as require

READ = "awareness.stories.read"
WRITE = "awareness.stories.write"
PUBLISH = "awareness.stories.publish"
