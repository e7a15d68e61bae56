"""Their ids for our words: one table, walked both ways, so that no field takes another's value."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import IntegerChoices

from balise.takedown.onward.exchange.rules.iccam import codes as iccam
from balise.takedown.onward.exchange.rules.letters import Age, Classification, Classified, Gender


class ActionType(IntegerChoices):
    """What was done about a content (v3)."""

    MOVED = 0, "Moved"
    REPORTED_TO_LEA = 1, "ReportedToLEA"
    REPORTED_TO_ISP = 2, "ReportedToISP"
    REMOVED = 3, "Removed"
    UNAVAILABLE = 4, "Unavailable"
    NOT_ILLEGAL = 6, "NotIllegal"


class ActionReason(IntegerChoices):
    """Why nothing more is done about a content."""

    OTHER = 1, "Other"
    CONTENT_NOT_FOUND = 2, "ContentNotFound"
    REFERRER_NOT_KNOWN = 3, "ReferrerNotKnownOrIncorrect"
    UNABLE_TO_ACCESS = 4, "UnableToAccess"
    PASSWORD_PROTECTED = 5, "PasswordProtected"
    ACCOUNT_DISABLED = 6, "AccountDisabled"
    LEGALLY_UNABLE = 7, "LegallyUnableToAccess"
    LINK_EXPIRED = 8, "LinkExpired"
    NOT_FOUND_OR_DOWN = 9, "Error404NotFoundOrSiteDown"
    TEMPORARILY_UNAVAILABLE = 10, "Error503OrContentTemporarilyUnavailable"
    PREMIUM_ACCOUNT = 11, "PremiumAccountNecessary"
    MISSING_PARTS = 12, "MissingPartsToOpenFile"
    REMOVED_BEFORE = 13, "ContentRemovedBeforeAssessment"
    ADULT = 14, "AdultPornography"
    NOT_SEXUALIZED = 15, "NudismOrNotSexualized"
    BELOW_THRESHOLD = 16, "DoesNotMeetThresholdForIllegality"
    TOO_SMALL = 17, "ImagesTooSmall"
    VIRTUAL = 18, "VirtualMaterial"
    LINKS = 19, "LinkingOrLinklistsNotIllegal"
    AGE_UNCLEAR = 20, "AgeUnclearOrNotAssessable"
    AGE_OVER = 21, "AgeOverNationalThreshold"


class Payment(IntegerChoices):
    """How one pays at a site."""

    NOT_DETERMINED = 1, "Not Determined"
    AMEX = 2, "AMEX"
    DINERS = 3, "Diners"
    MASTERCARD = 4, "Mastercard"
    PAYPAL = 5, "Paypal"
    VISA = 6, "Visa"
    WESTERN_UNION = 7, "Western Union"
    OTHER = 8, "Other"
    NONE = 9, "None"
    SMS = 10, "SMS"
    EMAIL = 11, "EMAIL"
    LIBERTY_RESERVE = 12, "Liberty Reserve"
    BITCOIN = 13, "Bitcoin"


class FieldFaulty(ValueError):
    """Not a value that the field may have."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an assessment: its name there, what it is here, and each value of both."""

    theirs: str
    ours: str
    values: Mapping[object, IntegerChoices]

    def write(self, classified: Classified) -> int:
        """Return the field's id for what is classified."""
        return int(self.values[getattr(classified, self.ours)])

    def read(self, number: object) -> Any:
        """Return our word for an id; FieldFaulty for one that the field does not have."""
        if type(number) is not int:
            raise FieldFaulty(self.theirs)
        for word, code in self.values.items():
            if code == number:
                return word
        raise FieldFaulty(self.theirs)


def _yes_or_no(theirs: type[Enum]) -> dict[object, Any]:
    return {True: theirs["YES"], False: theirs["NO"]}


ASSESSMENT = (
    Field(
        "classification",
        "classification",
        {
            Classification.BASELINE: iccam.Classification.BASELINE,
            Classification.NATIONAL: iccam.Classification.NATIONAL,
            Classification.IGNORE: iccam.Classification.IGNORE,
        },
    ),
    Field(
        "ageCategorization",
        "age",
        {
            Age.NOT_CATEGORISED: iccam.Age.NOT_CATEGORISED,
            Age.INFANT: iccam.Age.INFANT,
            Age.PREPUBESCENT: iccam.Age.PRE_PUBESCENT,
            Age.PUBESCENT: iccam.Age.PUBESCENT,
        },
    ),
    Field(
        "genderCategorization",
        "gender",
        {
            Gender.NOT_DETERMINED: iccam.Gender.NOT_DETERMINED,
            Gender.FEMALE: iccam.Gender.FEMALE,
            Gender.MALE: iccam.Gender.MALE,
            Gender.BOTH: iccam.Gender.BOTH,
        },
    ),
    Field("virtualContentCategorization", "is_virtual", _yes_or_no(iccam.Virtual)),
    Field(
        "userGeneratedContentCategorization",
        "is_self_generated",
        _yes_or_no(iccam.UserGenerated),
    ),
    Field("childModelingCategorization", "is_modelling", _yes_or_no(iccam.ChildModeling)),
)


def write_assessment(classified: Classified, *, analyst: str) -> dict[str, object]:
    """Return an assessment as it is sent."""
    return {
        "assessingAnalystName": analyst,
        **{field.theirs: field.write(classified) for field in ASSESSMENT},
    }


def read_assessment(body: Mapping[str, object]) -> Classified:
    """Return what an assessment of theirs says, or raise FieldFaulty."""
    words = {field.ours: field.read(body.get(field.theirs)) for field in ASSESSMENT}
    return Classified(**words)


def classified_from(codes: Mapping[str, int]) -> Classified | None:
    """Return what the law's own mapping says of a content; None where it cannot say the class.

    The one place where `takedown.law` and this exchange meet: `ICCAM.of_address` writes the codes.
    """
    if not all(field.theirs in codes for field in ASSESSMENT):
        return None
    return read_assessment(codes)
