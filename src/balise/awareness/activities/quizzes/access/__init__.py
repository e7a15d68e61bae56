"""Who may do what here."""

from balise.foundation.access import require as require

READ = "awareness.quizzes.read"
WRITE = "awareness.quizzes.write"
PUBLISH = "awareness.quizzes.publish"
