"""The words of a press item: medium, tone; and texts as they are compared."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.steering.press.rules.refusals import MediumUnknown, ToneUnknown

_LETTERS: Final = re.compile(r"[^\W_]+")
LONGEST_CODE: Final = 40


class Medium(TextChoices):
    """Where it appeared."""

    TELEVISION = "television", pgettext_lazy("press", "Television")
    RADIO = "radio", pgettext_lazy("press", "Radio")
    PRINT = "print", pgettext_lazy("press", "Print")
    ONLINE = "online", pgettext_lazy("press", "Online")
    AGENCY = "agency", pgettext_lazy("press", "News agency")
    PODCAST = "podcast", pgettext_lazy("press", "Podcast")
    OTHER = "other", pgettext_lazy("press", "Other medium")


class Tone(TextChoices):
    """How it speaks of the centre, as someone judged it."""

    FAVOURABLE = "favourable", pgettext_lazy("press", "Favourable")
    NEUTRAL = "neutral", pgettext_lazy("press", "Neutral")
    CRITICAL = "critical", pgettext_lazy("press", "Critical")


# As files of monitoring services write them.
_MEDIA: Final[Mapping[Medium, str]] = {
    Medium.TELEVISION: "tv, tele, television, audiovisuel",
    Medium.RADIO: "radio",
    Medium.PRINT: (
        "print, presse, presse ecrite, press, newspaper, magazine, quotidien, papier, "
        "presse nationale, presse regionale, pqr, pqn"
    ),
    Medium.ONLINE: "online, web, internet, en ligne, site, blog",
    Medium.AGENCY: "agency, news agency, agence, agences, agence de presse",
    Medium.PODCAST: "podcast",
    Medium.OTHER: "other, other medium, autre, autre media",
}
_TONES: Final[Mapping[Tone, str]] = {
    Tone.FAVOURABLE: "favourable, favorable, positive, positif",
    Tone.NEUTRAL: "neutral, neutre",
    Tone.CRITICAL: "critical, critique, negative, negatif",
}


def plain(text: str) -> str:
    """Return a text as it is compared: small letters and digits, no accents, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_LETTERS.findall("".join(c for c in letters if not unicodedata.combining(c))))


def code_of(name: str) -> str:
    """Return the code of a topic or a sequence named so; "" of nothing."""
    words = "".join(c if c.isascii() else "" for c in plain(name).replace(" ", "-"))
    return words[:LONGEST_CODE].strip("-")


def medium_of(text: str) -> Medium:
    """Return the medium that a file names. Raises MediumUnknown."""
    found = _named(_MEDIA, text)
    if found is None:
        raise MediumUnknown(_("No medium is called “%(word)s”.") % {"word": text.strip()[:40]})
    return found


def tone_of(text: str) -> Tone | None:
    """Return the tone that a file names, None where it names none. Raises ToneUnknown."""
    if not text.strip():
        return None
    found = _named(_TONES, text)
    if found is None:
        raise ToneUnknown(_("No tone is called “%(word)s”.") % {"word": text.strip()[:40]})
    return found


def _named[Word](words: Mapping[Word, str], text: str) -> Word | None:
    name = plain(text)
    return next((word for word, names in words.items() if name in names.split(", ")), None)
