"""What a child sexual abuse content shows, in the words that hotlines share.

The one place where another classification is brought into ours. An age is that of the youngest
child, a class the gravest that applies: the analyst decided it item by item.
"""

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Classification(TextChoices):
    """By whose law: everywhere in the network, by the law of one country, or not at all."""

    BASELINE = "baseline", _("Illegal everywhere in the network (baseline)")
    NATIONAL = "national", _("Illegal by the law of this country (national)")
    IGNORE = "ignore", _("No action (ignore)")


class Age(TextChoices):
    """How old the youngest child seems."""

    NOT_CATEGORISED = "not-categorised", _("Cannot be determined")
    INFANT = "infant", _("Infant")
    PREPUBESCENT = "pre-pubescent", _("Before puberty")
    PUBESCENT = "pubescent", _("In puberty")


class Gender(TextChoices):
    """Who is seen."""

    NOT_DETERMINED = "not-determined", _("Cannot be determined")
    FEMALE = "female", _("Girls")
    MALE = "male", _("Boys")
    BOTH = "both", pgettext_lazy("gender", "Both")


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
