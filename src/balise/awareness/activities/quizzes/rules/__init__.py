"""The words and decisions of quizzes: no database, no clock, no settings."""

from typing import Final

PACKAGE: Final = "balise.awareness.activities.quizzes"
