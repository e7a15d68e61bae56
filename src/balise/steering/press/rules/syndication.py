"""The address of an article, as it is compared: without what only follows its reader."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, pgettext_lazy

from balise.foundation.refusals import Refused
from balise.foundation.url import PORTS, UrlUnreadable, read_url

# Why a press item, or a row of a file, is refused.


class DayFaulty(Refused, code="press-day-faulty"):
    """It is no day, or one that has not come."""

    field = "day"


class WordsMissing(Refused, code="press-words-missing"):
    """An outlet and a title are needed."""

    field = "title"


class MediumUnknown(Refused, code="press-medium-unknown"):
    field = "medium"


class ToneUnknown(Refused, code="press-tone-unknown"):
    field = "tone"


class AddressFaulty(Refused, code="press-address-faulty"):
    """It is no address of the web."""

    field = "address"


class NumberFaulty(Refused, code="press-number-faulty"):
    """It is no whole number from zero on."""

    field = "audience"


class EvidenceFaulty(Refused, code="press-evidence-faulty"):
    """It is no SHA-256 digest."""

    field = "evidence"


class KnownAlready(Refused, code="press-known-already"):
    """The same address, or the same title of an outlet on a day, is there."""


class ItemWithdrawn(Refused, code="press-item-withdrawn"):
    """It was withdrawn."""


class GroupFaulty(Refused, code="press-group-faulty"):
    """Two items or more are needed, none of another group."""


LONGEST: Final = 1_000
_FOLLOWING: Final = frozenset(
    (
        *("fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "xtor"),
        *("at_medium", "at_campaign", "ns_source", "ns_mchannel", "cmp"),
    )
)


def canonical(address: str) -> str:
    """Return an address as it is compared, "" of none. Raises AddressFaulty.

    Scheme, `www.`, port, fragment, a last slash and parameters that follow a reader are left out;
    parameters are in order.
    """
    text = address.strip()
    if not text:
        return ""
    try:
        url = read_url(text)
    except UrlUnreadable:
        raise _faulty() from None
    if url.scheme not in PORTS or "." not in url.host or url.user or len(text) > LONGEST:
        raise _faulty()
    port = "" if url.port in {None, PORTS[url.scheme]} else f":{url.port}"
    kept = sorted((name, value) for name, value in _options(text) if not _follows(name))
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{url.named.removeprefix('www.')}{port}{unquote(url.path).rstrip('/')}{query}"


def _options(text: str) -> list[tuple[str, str]]:
    query = text.partition("#")[0].partition("?")[2]
    return parse_qsl(query, keep_blank_values=True)


def _follows(name: str) -> bool:
    return name.lower() in _FOLLOWING or name.lower().startswith("utm_")


def _faulty() -> AddressFaulty:
    return AddressFaulty(_("This is not a web address. Example: https://journal.example/article"))


# The words of a press item: medium, tone; and texts as they are compared.


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


# Which items may be one article that several outlets print: proposed, and confirmed by a person.
#
# Two items within three days are alike where most words of their titles and summaries are the
# same. Alike items are found by their rarest words, so that a year of items needs no comparison
# of all with all.


WITHIN: Final = timedelta(days=3)
# Of the words of two items, how many are in both: five titles of one dispatch share half of them.
ALIKE: Final = 0.4
FEWEST: Final = 3  # words in common, so that two short titles do not meet by chance
_RAREST: Final = 12
_MOST_MET: Final = 400
_SHORT: Final = 3  # letters; shorter words say nothing


@dataclass(frozen=True, slots=True)
class Article:
    """An item as it is compared; `key` is anything that names it."""

    key: str
    day: date
    title: str
    summary: str = ""


def proposed(articles: Sequence[Article]) -> list[tuple[str, ...]]:
    """Return groups of keys of items that may be one article, the earliest item first."""
    ordered = sorted(articles, key=lambda one: (one.day, one.key))
    words = [_words(one) for one in ordered]
    leads = list(range(len(ordered)))
    for one, other in _met(words):
        is_near = ordered[other].day - ordered[one].day <= WITHIN
        if is_near and are_alike(words[one], words[other]):
            leads[_lead(leads, other)] = _lead(leads, one)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for at, article in enumerate(ordered):
        groups[_lead(leads, at)].append(article.key)
    return [tuple(keys) for keys in groups.values() if len(keys) > 1]


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of words may be one article's."""
    common = len(one & other)
    return common >= FEWEST and common >= ALIKE * len(one | other)


def digest_of(items: Sequence[UUID]) -> str:
    """Return one digest of the same items in any order."""
    return sha256("\n".join(sorted(each.hex for each in set(items))).encode()).hexdigest()


def _words(article: Article) -> frozenset[str]:
    text = plain(f"{article.title} {article.summary}")
    return frozenset(word for word in text.split(" ") if len(word) > _SHORT)


def _met(words: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places, the earlier first, that share one of their rarest words."""
    often = Counter(word for some in words for word in some)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, some in enumerate(words):
        met: set[int] = set()
        for word in sorted(some, key=lambda word: (often[word], word))[:_RAREST]:
            met.update(places[word][-_MOST_MET:])
            places[word].append(at)
        for other in sorted(met):
            yield other, at


def _lead(leads: list[int], at: int) -> int:
    while leads[at] != at:
        leads[at] = leads[leads[at]]
        at = leads[at]
    return at
