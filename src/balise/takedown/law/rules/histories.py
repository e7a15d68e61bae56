"""An offence through time: the text of each period, and why there is none in between.

On any day an offence has exactly one text, or one reason for having none that can be cited.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.packs import Words
from balise.foundation.refusals import Refused

# The words of the DSA Transparency Database, in its schema of 1 July 2025.
#
# A notice carries them so that a trusted flagger's report (Regulation (EU) 2022/2065, article
# 22(3)) counts in the same words as the platforms' own statements of reasons.


_CATEGORIES = """
ANIMAL_WELFARE CONSUMER_INFORMATION CYBER_VIOLENCE CYBER_VIOLENCE_AGAINST_WOMEN
DATA_PROTECTION_AND_PRIVACY_VIOLATIONS ILLEGAL_OR_HARMFUL_SPEECH
INTELLECTUAL_PROPERTY_INFRINGEMENTS NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS
NOT_SPECIFIED_NOTICE OTHER_VIOLATION_TC PROTECTION_OF_MINORS RISK_FOR_PUBLIC_SECURITY
SCAMS_AND_FRAUD SELF_HARM UNSAFE_AND_PROHIBITED_PRODUCTS VIOLENCE
"""
_KEYWORDS = """
CHILD_SEXUAL_ABUSE_MATERIAL CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE GROOMING_SEXUAL_ENTICEMENT_MINORS
AGE_SPECIFIC_RESTRICTIONS_MINORS AGE_SPECIFIC_RESTRICTIONS UNSAFE_CHALLENGES
NON_CONSENSUAL_IMAGE_SHARING NON_CONSENSUAL_IMAGE_SHARING_AGAINST_WOMEN
NON_CONSENSUAL_MATERIAL_DEEPFAKE NON_CONSENSUAL_MATERIAL_DEEPFAKE_AGAINST_WOMEN
CYBER_BULLYING_INTIMIDATION BULLYING_AGAINST_GIRLS CYBER_HARASSMENT CYBER_HARASSMENT_AGAINST_WOMEN
CYBER_STALKING CYBER_STALKING_AGAINST_WOMEN CYBER_INCITEMENT INCITEMENT_VIOLENCE_HATRED
INCITEMENT_AGAINST_WOMEN HATE_SPEECH DISCRIMINATION DEFAMATION TERRORIST_CONTENT
ILLEGAL_ORGANIZATIONS HUMAN_TRAFFICKING TRAFFICKING_WOMEN_GIRLS HUMAN_EXPLOITATION SUICIDE
SELF_MUTILATION CONTENT_PROMOTING_EATING_DISORDERS STALKING COORDINATED_HARM ADULT_SEXUAL_MATERIAL
NUDITY RIGHT_TO_BE_FORGOTTEN BIOMETRIC_DATA_BREACH MISSING_PROCESSING_GROUND DATA_FALSIFICATION
IMPERSONATION_ACCOUNT_HIJACKING INAUTHENTIC_ACCOUNTS INAUTHENTIC_LISTINGS INAUTHENTIC_USER_REVIEWS
PHISHING PYRAMID_SCHEMES MISINFORMATION_DISINFORMATION FEMALE_GENDERED_DISINFORMATION
VIOLATION_EU_LAW VIOLATION_NATIONAL_LAW RISK_ENVIRONMENTAL_DAMAGE RISK_PUBLIC_HEALTH ANIMAL_HARM
UNLAWFUL_SALE_ANIMALS COPYRIGHT_INFRINGEMENT DESIGN_INFRINGEMENT PATENT_INFRINGEMENT
TRADEMARK_INFRINGEMENT TRADE_SECRET_INFRINGEMENT GEOGRAPHIC_INDICATIONS_INFRINGEMENT
PROHIBITED_PRODUCTS UNSAFE_PRODUCTS GOODS_SERVICES_NOT_PERMITTED HIDDEN_ADVERTISEMENT
INSUFFICIENT_INFORMATION_ON_TRADERS MISLEADING_INFO_CONSUMER_RIGHTS MISLEADING_INFO_GOODS_SERVICES
NONCOMPLIANCE_PRICING GEOGRAPHICAL_REQUIREMENTS LANGUAGE_REQUIREMENTS OTHER
"""

DSA_CATEGORIES = frozenset(f"STATEMENT_CATEGORY_{name}" for name in _CATEGORIES.split())
DSA_KEYWORDS = frozenset(f"KEYWORD_{name}" for name in _KEYWORDS.split())

# Said of adults alone: never of a picture of a minor, whatever the offence.
ADULT_KEYWORDS = frozenset(
    one for one in DSA_KEYWORDS if "NON_CONSENSUAL" in one or "ADULT_SEXUAL_MATERIAL" in one
)


@dataclass(frozen=True, slots=True)
class DsaWords:
    """A category, others that may be added, and the keywords that can apply, the best first."""

    category: str
    keywords: tuple[str, ...]
    additions: tuple[str, ...] = ()


class Tell(TextChoices):
    """Who must be told of an offence, besides the host."""

    POLICE = "police", gettext_lazy("The police")
    PROSECUTOR = "prosecutor", gettext_lazy("The prosecutor")
    REGULATOR = "regulator", gettext_lazy("The regulator")
    HOSTING_HOTLINE = "hosting-hotline", gettext_lazy("The hotline of the country that hosts it")
    HELPLINE = "helpline", gettext_lazy("The helpline")


class Why(TextChoices):
    """Why an offence has no text that can be cited on a day."""

    NOT_YET = "not_yet", gettext_lazy("not an offence yet")
    ANNULLED = "annulled", gettext_lazy("annulled")
    REPEALED = "repealed", gettext_lazy("repealed")
    NOT_READ = "not_read", gettext_lazy("text not read")
    DATE_UNKNOWN = "date_unknown", gettext_lazy("first day not known")


class Course(TextChoices):
    """When an offence happens: on one day, as long as it lasts, or by acts that add up.

    A reading of case law: it decides nothing before a lawyer has confirmed it for the offence.
    """

    ACT = "act", gettext_lazy("on the day of the act")
    LASTING = "lasting", gettext_lazy("as long as it lasts")
    PRESS = "press", gettext_lazy("on the day of the first publication")
    REPEATED = "repeated", gettext_lazy("with the act that completes it")


class Sureness(TextChoices):
    """How a text was read: whole with its first day, or with a part known from elsewhere."""

    VERIFIED = "verified", gettext_lazy("verified")
    SECONDARY = "secondary", gettext_lazy("to be verified")


class OffenceUnknown(Refused, code="offence-unknown"):
    """No offence has this code."""


class NotInForce(Refused, code="offence-not-in-force"):
    """The offence existed in no text on the day of the facts."""


class TextAnnulled(Refused, code="offence-annulled"):
    """The text of that day was annulled since: it applies to no case that is not judged."""


@dataclass(frozen=True, slots=True)
class Aggravation:
    """A circumstance that raises the penalty; `when` is the (question, answer) that shows it."""

    code: str
    words: Words
    penalty: Words | None
    when: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Annulment:
    """A text was annulled: on which day, by which decision, with what effect."""

    on: date
    by: str
    effect: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence:
    """An offence in the text of one period, and what follows from it.

    `last_day` is None in the newest text. `facts` completes “the content shows that …”. `elements`
    are the questions of the qualification pack that must all be answered yes. `to_verify` says what
    nobody has read in the official text yet; None when `verified`. `milder` says what is milder
    than in the text before. `remind_after_hours` is the centre's custom.
    """

    code: str
    words: Words
    facts: Words
    elements: tuple[str, ...]
    article: Words
    penalty: Words | None
    aggravations: tuple[Aggravation, ...]
    first_day: date
    last_day: date | None
    basis: Words
    source: str
    read_by: str
    read_on: date | None
    sureness: Sureness
    to_verify: Words | None
    annulled: Annulment | None
    milder: Words | None
    course: Course
    course_confirmed: bool
    dsa: DsaWords
    dsa_minor: DsaWords | None
    is_national: bool  # the law forbids what an item shows, whether or not it is baseline
    exploitation: str
    second_look: bool
    tell: tuple[Tell, ...]
    notifier_optional: bool
    remind_after_hours: int

    @property
    def version(self) -> str:
        """The id of this text among all: the offence and its first day."""
        return f"{self.code}/{self.first_day.isoformat()}"

    @property
    def verified(self) -> bool:
        return self.sureness is Sureness.VERIFIED

    @property
    def lasts(self) -> bool:
        """Whether it happens as long as it lasts, as a lawyer has confirmed."""
        return self.course is Course.LASTING and self.course_confirmed

    def is_in_force(self, on: date) -> bool:
        return self.first_day <= on <= (self.last_day or date.max)

    def about_minor(self) -> Self:
        """Return it in the DSA's words for a person shown or targeted who is a minor."""
        return replace(self, dsa=self.dsa_minor) if self.dsa_minor else self

    @property
    def dsa_category(self) -> str:
        return self.dsa.category

    @property
    def dsa_additions(self) -> tuple[str, ...]:
        return self.dsa.additions

    @property
    def dsa_keywords(self) -> tuple[str, ...]:
        return self.dsa.keywords

    @property
    def dsa_keyword(self) -> str:
        """The keyword that fits best, "" where the database has none."""
        return next(iter(self.dsa_keywords), "")

    @property
    def tell_police(self) -> bool:
        return Tell.POLICE in self.tell


@dataclass(frozen=True, slots=True)
class Absence:
    """Why an offence has no text that can be cited from one day to another, both included.

    None: without a beginning, or without an end.
    """

    code: str
    reason: Why
    first_day: date | None
    last_day: date | None
    says: Words | None = None

    def covers(self, on: date) -> bool:
        return (self.first_day or date.min) <= on <= (self.last_day or date.max)

    def __str__(self) -> str:
        return f"{self.reason.label}: {self.says}" if self.says else str(self.reason.label)


@dataclass(frozen=True, slots=True)
class History:
    """Every text of an offence and every gap, the oldest first, without a day left over."""

    code: str
    words: Words
    covers_from: date
    spans: tuple[Offence | Absence, ...]
    # Texts whose first day nobody knows: named, never in force.
    undated: tuple[Words, ...] = ()

    @property
    def texts(self) -> tuple[Offence, ...]:
        return tuple(one for one in self.spans if isinstance(one, Offence))

    def on(self, day: date) -> Offence | Absence:
        """Return the text of a day, or why there is none."""
        return next(
            one
            for one in self.spans
            if (one.covers(day) if isinstance(one, Absence) else one.is_in_force(day))
        )


def check_citable(offence: Offence) -> None:
    """Refuse a text that was annulled since: nothing can be qualified under it."""
    if offence.annulled:
        raise TextAnnulled(
            _("This text was annulled (%(by)s): choose another offence.")
            % {"by": offence.annulled.by}
        )
