"""What the law says of a content, and what a content shows: pure, by country pack and by date."""

from balise.takedown.law.rules.dsa import DSA_CATEGORIES, DSA_KEYWORDS
from balise.takedown.law.rules.facts import Certainty, Facts, LawOfFacts, check_days, law_of
from balise.takedown.law.rules.histories import (
    Absence,
    Aggravation,
    Course,
    History,
    NotInForce,
    Offence,
    OffenceUnknown,
    Tell,
    TextAnnulled,
    Why,
    check_citable,
)
from balise.takedown.law.rules.offences import Law, all_offences, law, offence_on, offences

__all__ = [
    "DSA_CATEGORIES",
    "DSA_KEYWORDS",
    "Absence",
    "Aggravation",
    "Certainty",
    "Course",
    "Facts",
    "History",
    "Law",
    "LawOfFacts",
    "NotInForce",
    "Offence",
    "OffenceUnknown",
    "Tell",
    "TextAnnulled",
    "Why",
    "all_offences",
    "check_citable",
    "check_days",
    "law",
    "law_of",
    "offence_on",
    "offences",
]
