"""Whether a notice holds the four elements of Article 16(2) of the DSA, and how well.

The elements are those of Regulation (EU) 2022/2065, Article 16(2): (a) a sufficiently substantiated
explanation, (b) the exact electronic location, (c) name and e-mail address of who notifies, (d) a
statement of good faith. Only a complete notice gives actual knowledge (Article 16(3)). Cloudflare's
form of a report stands at the end.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from balise.takedown.tracing.rules.addresses import Address, AddressRefused, read_address

# Shorter than a sentence, an explanation is not “sufficiently substantiated”.
MIN_EXPLANATION = 40
# Two or three sentences: what is there, and which rule it breaks.
GOOD_EXPLANATION = 120
# “art. 227-23”, “article L. 111”, “Artikel 3”: a law is named, if not which one.
_ARTICLE = re.compile(r"\bart(?:icles?|ikel|\.)\s*(?:[LRD]\.?\s*)?\d", re.IGNORECASE)
POINTS = 25
WEAK_POINTS = 15


class Standing(StrEnum):
    """How well an element is there. A weak one is there, and may be contested."""

    MET = "met"
    WEAK = "weak"
    MISSING = "missing"


class Statement(StrEnum):
    """What is said of good faith: nothing, that all is accurate and complete, or good faith."""

    NONE = ""
    ACCURACY = "accuracy"
    GOOD_FAITH = "good-faith"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a notice states, in whatever form it came.

    `article` is the legal basis, if one is named. `locations` are addresses as they were written.
    `may_omit_notifier`: it is about an offence of Articles 3 to 7 of Directive 2011/93/EU, the only
    ones for which (c) may be left out. `is_hearsay`: whoever notifies has not seen it themselves.
    """

    explanation: str = ""
    article: str = ""
    locations: tuple[str, ...] = ()
    name: str = ""
    email: str = ""
    statement: Statement = Statement.NONE
    may_omit_notifier: bool = False
    is_hearsay: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """One of the four elements: its letter in Article 16(2), how well it is there, and why."""

    letter: str
    name: str
    standing: Standing
    says: str

    @property
    def is_met(self) -> bool:
        return self.standing is not Standing.MISSING

    @property
    def points(self) -> int:
        """25 where it is met, 15 where it is weak, else 0."""
        return {Standing.MET: POINTS, Standing.WEAK: WEAK_POINTS, Standing.MISSING: 0}[
            self.standing
        ]


@dataclass(frozen=True, slots=True)
class Score:
    """The four elements of a notice."""

    a: Element
    b: Element
    c: Element
    d: Element

    @property
    def elements(self) -> tuple[Element, Element, Element, Element]:
        return (self.a, self.b, self.c, self.d)

    @property
    def points(self) -> int:
        """0 to 100: a quarter for each element."""
        return sum(element.points for element in self.elements)

    @property
    def is_complete(self) -> bool:
        return not self.missing

    @property
    def missing(self) -> tuple[str, ...]:
        """The letters of the elements that are missing, in order."""
        return tuple(element.letter for element in self.elements if not element.is_met)


def completeness(stated: Stated) -> Score:
    """Return how complete a notice is to Article 16(2), element by element, each with its why."""
    return Score(_explanation(stated), _location(stated), _notifier(stated), _good_faith(stated))


def is_email(text: str) -> bool:
    """Return whether a text is one e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _explanation(stated: Stated) -> Element:
    length = len(" ".join(stated.explanation.split()))
    if length < MIN_EXPLANATION:
        says = _("Describe the content, and why it is illegal, in one or two sentences.")
        return Element("a", _("Why it is illegal"), Standing.MISSING, says)
    names_law = stated.article or _ARTICLE.search(stated.explanation)
    if length < GOOD_EXPLANATION and not names_law:
        says = _("It is short and names no law: describe the content, and the rule it breaks.")
        return Element("a", _("Why it is illegal"), Standing.WEAK, says)
    says = (
        _("The offence (%(article)s) and the facts are named.") % {"article": stated.article}
        if stated.article
        else _("It is explained why the content is illegal.")
    )
    return Element("a", _("Why it is illegal"), Standing.MET, says)


def _location(stated: Stated) -> Element:
    read, unread = _read(stated.locations)
    if not read:
        standing = Standing.MISSING
        says = _("Give the exact address of each page, image or video.")
    elif unread:
        standing = Standing.WEAK
        says = _("Some of the places are not addresses that can be found.")
    elif all(_is_whole_site(address) for address in read):
        standing = Standing.WEAK
        says = _("This is the address of a whole site: give that of the page, image or video.")
    else:
        standing = Standing.MET
        says = _("Each place is given by its exact address.")
    return Element("b", _("Location"), standing, says)


def _notifier(stated: Stated) -> Element:
    title = _("Notifier")
    lacks_name, lacks_email = not stated.name.strip(), not is_email(stated.email.strip())
    if not lacks_name and not lacks_email:
        says = _("A name and an e-mail address are given.")
        return Element("c", title, Standing.MET, says)
    if stated.may_omit_notifier:
        says = _("Omitted, as the law allows for sexual offences against children.")
        return Element("c", title, Standing.MET, says)
    if lacks_name and lacks_email:
        says = _("Give the name and the e-mail address of the notifier.")
    elif lacks_name:
        says = _("Give the name of the notifier.")
    else:
        says = _("Give the e-mail address of the notifier.")
    return Element("c", title, Standing.MISSING, says)


def _good_faith(stated: Stated) -> Element:
    title = _("Good faith")
    match stated.statement:
        case Statement.GOOD_FAITH if stated.is_hearsay:
            says = _("Good faith relies on a report: open the content first to state what you saw.")
            return Element("d", title, Standing.WEAK, says)
        case Statement.GOOD_FAITH:
            says = _("It is stated that the notice is accurate and complete, in good faith.")
            return Element("d", title, Standing.MET, says)
        case Statement.ACCURACY:
            says = _("It is stated that the notice is accurate and complete; add “in good faith”.")
            return Element("d", title, Standing.WEAK, says)
    says = _("Confirm that you believe, in good faith, that the notice is accurate and complete.")
    return Element("d", title, Standing.MISSING, says)


def _read(locations: Iterable[str]) -> tuple[list[Address], int]:
    """Return the addresses that can be read, and how many places cannot."""
    read, unread = [], 0
    for location in locations:
        try:
            read.append(read_address(location))
        except AddressRefused:
            unread += 1
    return read, unread


def _is_whole_site(address: Address) -> bool:
    """Return whether an address names the front page of a site and nothing in it."""
    path = address.canonical.partition("://")[2].partition("/")[2]
    return not path


# Cloudflare's abuse reports: the body of a request to its API, by the fields of its client.
#
# `act` says which form it is. The API needs an entitlement on the centre's account.


CHILDREN, INTIMATE, THREAT, GENERAL = (
    *("abuse_children", "abuse_ncsei"),
    *("abuse_threat", "abuse_general"),
)
# Forms for other matters than a hotline's.
OTHERS = frozenset({"abuse_dmca", "abuse_trademark", "abuse_phishing", "abuse_registrar_whois"})
ACTS = OTHERS | {CHILDREN, INTIMATE, THREAT, GENERAL}

_BY_KEYWORD = {
    "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL": CHILDREN,
    "KEYWORD_CHILD_SEXUAL_ABUSE_MATERIAL_DEEPFAKE": CHILDREN,
    "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS": CHILDREN,
    "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING": INTIMATE,
    "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE": INTIMATE,
    "KEYWORD_TERRORIST_CONTENT": THREAT,
    "KEYWORD_INCITEMENT_VIOLENCE_HATRED": THREAT,
}
_REQUIRED = ("act", "email", "email2", "name", "urls", "justification", "host_notification")
_TOLD = frozenset({"send", "send-anon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a report says."""

    keyword: str
    urls: tuple[str, ...]
    justification: str
    comments: str
    organisation: str
    email: str
    country: str
    reported_country: str = ""
    is_named: bool = True


def act_for(keyword: str) -> str:
    """Return Cloudflare's form for a keyword of the DSA Transparency Database."""
    return _BY_KEYWORD.get(keyword, GENERAL)


def report(about: Reported) -> dict[str, Any]:
    """Return the body of a report. The site's owner is never told: who is behind it may be warned.

    The form always asks for a name; where the notice leaves it out, the host is told without it.
    """
    act = act_for(about.keyword)
    told = "send" if about.is_named else "send-anon"
    made: dict[str, Any] = {
        "act": act,
        "name": about.organisation,
        "company": about.organisation,
        "email": about.email,
        "email2": about.email,
        "country": about.country,
        "urls": "\n".join(about.urls),
        "justification": about.justification,
        "comments": about.comments,
        "host_notification": told,
        "owner_notification": "none",
    }
    if about.reported_country:
        made["reported_country"] = about.reported_country
    if act == CHILDREN:
        made["ncmec_notification"] = told
    if act == INTIMATE:
        made["ncsei_subject_representation"] = False  # we do not act for the person in the image
    return made


def faults(made: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with a report, by the fields that Cloudflare's client requires."""
    return tuple(_faults(made))


def _faults(made: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in _REQUIRED if not made.get(name))
    if made.get("act") not in ACTS:
        yield "act is not one of Cloudflare's"
    if made.get("email") != made.get("email2") or not is_email(str(made.get("email", ""))):
        yield "email is an address, and email2 the same"
    for url in str(made.get("urls", "")).split("\n"):
        try:
            read_address(url)
        except AddressRefused:
            yield "urls are addresses, one a line"
            break
    if made.get("host_notification") not in _TOLD:
        yield "host_notification is send or send-anon"
    if made.get("owner_notification", "none") not in _TOLD | {"none"}:
        yield "owner_notification is send, send-anon or none"
    if made.get("act") == CHILDREN and made.get("ncmec_notification") not in _TOLD:
        yield "ncmec_notification is send or send-anon"
    if made.get("act") == INTIMATE and not isinstance(
        made.get("ncsei_subject_representation"), bool
    ):
        yield "ncsei_subject_representation is true or false"
