"""The tallies of days, the versions of practices, and who asked for challenges."""

from balise.awareness.activities.charter.models.challenges import LINE, Challenged
from balise.awareness.activities.charter.models.practices import PracticeVersion
from balise.awareness.activities.charter.models.tallies import CharterTally, RuleTally

__all__ = ["LINE", "Challenged", "CharterTally", "PracticeVersion", "RuleTally"]
