"""A dossier as it is stated: its facts, the law of the day, who tells whom, in one canonical form.

The form is that of RFC 8785 for what occurs here (no fractions, ASCII names): UTF-8, names sorted,
no spaces. The salt keeps anyone from guessing a content by its hash in the manifest.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import orjson

from balise.foundation.packs import Words
from balise.takedown.law.rules import Offence
from balise.takedown.law.rules.sayings import CitedLaw
from balise.takedown.onward.dossiers.rules.authorities import Authority
from balise.takedown.onward.dossiers.rules.facts import DossierFacts

FORMAT = "balise-dossier/1"


class Centre(Protocol):
    """Who tells: the centre."""

    @property
    def organisation(self) -> str: ...
    @property
    def notice_email(self) -> str: ...
    @property
    def postal_address(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What one dossier states. `timestamped` says whether a trusted timestamp goes with it."""

    number: str
    made_at: datetime
    centre: Centre
    authority: Authority
    offence: Offence
    law: CitedLaw
    facts: DossierFacts
    salt: str
    timestamped: bool

    def canonical(self) -> bytes:
        """Return the dossier in its canonical form, the same bytes for the same facts."""
        return canonical(
            {
                "authority": {"code": self.authority.code, "name": _words(self.authority.name)},
                "centre": {
                    "address": self.centre.postal_address,
                    "email": self.centre.notice_email,
                    "organisation": self.centre.organisation,
                },
                "facts": self.facts.to_payload(),
                "format": FORMAT,
                "made_at": self.made_at.isoformat(),
                "number": self.number,
                "offence": {
                    "article": _words(self.offence.article),
                    "basis": _words(self.offence.basis),
                    "code": self.offence.code,
                    "facts_on": self.facts.facts_on.isoformat(),
                    "others": [one.version for one in self.law.found.texts_beside],
                    "penalty": _words(self.offence.penalty),
                    "text": self.offence.version,
                    "to_verify": _words(self.offence.to_verify),
                    "words": _words(self.offence.words),
                },
                "salt": self.salt,
            }
        )


def canonical(value: dict[str, Any]) -> bytes:
    """Return JSON values in canonical form."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _words(words: Words | None) -> dict[str, str] | None:
    return dict(words.by_language) if words is not None else None
