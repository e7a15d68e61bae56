"""Whether a psychologist has signed the words that answer to danger, and these words. Pure.

A signature names the words by a digest: words that change afterwards are not signed any longer.
"""

import json
from functools import cache
from hashlib import sha256
from typing import Final

from balise.helpline.app.rules import plain
from balise.helpline.app.rules.leaflets import leaflet
from balise.helpline.app.rules.plan import plan
from balise.helpline.app.rules.quiz import quiz
from balise.helpline.app.rules.ways import every_way

DARK: Final = "dark"  # the leaflet about dark thoughts
_DIGITS: Final = 12


@cache
def digest(country: str) -> str:
    """Return what names the words of the quiz, its ways, the leaflet and the plan."""
    asked = quiz(country)
    signed = (
        (asked.scale, asked.versions),
        every_way(country),
        leaflet(DARK, country=country),
        plan(country),
    )
    told = json.dumps(list(plain.texts_of(signed)), ensure_ascii=False)
    return sha256(told.encode()).hexdigest()[:_DIGITS]


def signed_by(signature: str, *, country: str) -> str:
    """Return who signed these words, and when, as `DIGEST WHO, DAY` says it; "" for nobody."""
    named, _space, who = signature.strip().partition(" ")
    return who.strip() if named == digest(country) else ""
