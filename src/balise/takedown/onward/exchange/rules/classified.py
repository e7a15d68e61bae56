"""What a child sexual abuse content shows, in the words that hotlines share.

The one place where another classification is brought into ours. An age is that of the youngest
child, a class the gravest that applies: the analyst decided it item by item.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Classification(StrEnum):
    """By whose law: everywhere in the network, by the law of one country, or not at all."""

    BASELINE = "baseline"
    NATIONAL = "national"
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        return str(_CLASSIFICATIONS[self])


class Age(StrEnum):
    """How old the youngest child seems."""

    NOT_CATEGORISED = "not-categorised"
    INFANT = "infant"
    PREPUBESCENT = "pre-pubescent"
    PUBESCENT = "pubescent"

    @property
    def label(self) -> str:
        return str(_AGES[self])


class Gender(StrEnum):
    """Who is seen."""

    NOT_DETERMINED = "not-determined"
    FEMALE = "female"
    MALE = "male"
    BOTH = "both"

    @property
    def label(self) -> str:
        return str(_GENDERS[self])


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified:
    """One content in the codes that two hotlines share: three codes and three times yes or no."""

    classification: Classification
    age: Age = Age.NOT_CATEGORISED
    gender: Gender = Gender.NOT_DETERMINED
    is_virtual: bool = False
    is_self_generated: bool = False
    is_modelling: bool = False

    def to_fields(self) -> dict[str, str | bool]:
        """Return the fields that are written into a letter."""
        return {
            "classification": self.classification.value,
            "age": self.age.value,
            "gender": self.gender.value,
            "is_virtual": self.is_virtual,
            "is_self_generated": self.is_self_generated,
            "is_modelling": self.is_modelling,
        }

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Self:
        """Return what `to_fields` wrote; ValueError for anything else."""
        flags = {name: fields[name] for name in ("is_virtual", "is_self_generated", "is_modelling")}
        if not all(isinstance(flag, bool) for flag in flags.values()):
            raise ValueError("a flag is true or false")
        return cls(
            classification=Classification(fields["classification"]),
            age=Age(fields["age"]),
            gender=Gender(fields["gender"]),
            **flags,
        )


_CLASSIFICATIONS: dict[Classification, Promise] = {
    Classification.BASELINE: _("Illegal everywhere in the network (baseline)"),
    Classification.NATIONAL: _("Illegal by the law of this country (national)"),
    Classification.IGNORE: _("No action (ignore)"),
}
_AGES: dict[Age, Promise] = {
    Age.NOT_CATEGORISED: _("Cannot be determined"),
    Age.INFANT: _("Infant"),
    Age.PREPUBESCENT: _("Before puberty"),
    Age.PUBESCENT: _("In puberty"),
}
_GENDERS: dict[Gender, Promise] = {
    Gender.NOT_DETERMINED: _("Cannot be determined"),
    Gender.FEMALE: _("Girls"),
    Gender.MALE: _("Boys"),
    Gender.BOTH: pgettext_lazy("gender", "Both"),
}
