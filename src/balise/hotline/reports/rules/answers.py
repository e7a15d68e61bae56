"""The answers of a report, as one value: what the form asks, the API takes and a file brings."""

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from balise.hotline.reports.rules import places
from balise.hotline.reports.rules.categories import UNKNOWN
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.words import MINORS, AgeBand, Concern

_CONCERNED = frozenset({Concern.ME, Concern.KNOWN})

# Levels of the words of danger: a life in danger now, and what an analyst is told of.
IMMEDIATE = "A"
TOLD = frozenset({IMMEDIATE, "B"})

LONGEST_DESCRIPTION = 5_000
LONGEST_CONTACT = 200
LONGEST_REFERENCE = 120
LONGEST_MESSAGE = 5_000
LONGEST_IDENTITIES = 2_000
LONGEST_CONTEXT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a reporter said. Every answer but the place may be missing.

    `met_time` is in the centre's zone; `identities` are facts known of who is behind it.
    `words_level` and `words_rule` are a guess: what the words of danger tell of what they wrote.
    """

    places: tuple[Place, ...] = ()
    category: str = UNKNOWN
    danger: bool = False
    concern: str = ""
    met_how: str = ""
    met_on: date | None = None
    met_time: time | None = None
    description: str = ""
    contact: str = ""
    age_band: str = ""
    reference: str = ""
    identities: str = ""
    context: str = ""
    words_level: str = ""
    words_rule: str = ""

    @property
    def in_danger(self) -> bool:
        """Return whether someone is in danger: they say so, or their own words tell of it.

        Words count of a child, and of who knows the person; another tells of what they saw.
        """
        by_words = self.words_level == IMMEDIATE and (self.is_minor or self.is_concerned)
        return self.danger or by_words

    @property
    def written(self) -> str:
        """Return all that they wrote in their own words."""
        return "\n".join(filter(None, (self.description, self.context, self.identities)))

    @property
    def is_minor(self) -> bool:
        """Return whether the reporter said to be under 18."""
        return bool(self.age_band) and AgeBand(self.age_band) in MINORS

    @property
    def is_concerned(self) -> bool:
        """Return whether the reporter knows the person concerned."""
        return self.concern in _CONCERNED

    def to_fields(self) -> dict[str, Any]:
        """Return the fields that are sealed; an answer not given is left out."""
        fields = {
            "places": [places.to_fields(place) for place in self.places],
            "category": self.category,
            "danger": self.danger,
            "concern": self.concern,
            "met_how": self.met_how,
            "met_on": self.met_on.isoformat() if self.met_on else "",
            "met_time": f"{self.met_time:%H:%M}" if self.met_time is not None else "",
            "description": self.description,
            "contact": self.contact,
            "age_band": self.age_band,
            "reference": self.reference,
            "identities": self.identities,
            "context": self.context,
            "words_level": self.words_level,
            "words_rule": self.words_rule,
        }
        return {name: value for name, value in fields.items() if value}

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> "Answers":
        """Return the answers that `to_fields` wrote."""
        met_on, met_time = fields.get("met_on"), fields.get("met_time")
        return cls(
            places=tuple(places.from_fields(place) for place in fields.get("places", ())),
            category=fields.get("category", UNKNOWN),
            danger=bool(fields.get("danger", False)),
            concern=fields.get("concern", ""),
            met_how=fields.get("met_how", ""),
            met_on=date.fromisoformat(met_on) if met_on else None,
            met_time=time.fromisoformat(met_time) if met_time else None,
            description=fields.get("description", ""),
            contact=fields.get("contact", ""),
            age_band=fields.get("age_band", ""),
            reference=fields.get("reference", ""),
            identities=fields.get("identities", ""),
            context=fields.get("context", ""),
            words_level=fields.get("words_level", ""),
            words_rule=fields.get("words_rule", ""),
        )

    def with_given(self, given: dict[str, Any]) -> "Answers":
        """Return these answers with some replaced, by field name."""
        return replace(self, **given)
