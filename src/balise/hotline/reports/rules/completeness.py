"""What the police need of a report, and what is still missing of it, in plain words.

PHAROS asks for the exact address, the day and the time at which a content was seen, what is seen,
what is known of who is behind it, and the context (service-public.gouv.fr R17674: to be verified).
A report is taken without them; each missing one is asked for before it leaves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, ngettext

from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.places import Place
from balise.hotline.reports.rules.words import PlaceKind

WHOLE = 100
# A description shorter than a sentence does not help to recognise what is seen.
SHORTEST_DESCRIPTION = 40


class Element(TextChoices):
    """One thing that the police need."""

    ADDRESS = "address", _("The exact address")
    DAY = "day", _("The date on which it was seen")
    TIME = "time", _("The time at which it was seen")
    SEEN = "seen", _("Description")
    IDENTITIES = "identities", _("Person behind it")
    CONTEXT = "context", _("The context")

    @property
    def asks(self) -> str:
        """What to ask for where it is missing."""
        return str(_ASKS[self])

    @property
    def points(self) -> int:
        return _POINTS[self]


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what the police need is there: from 0 to WHOLE, and what is missing.

    `is_short`: there is a description, of fewer than SHORTEST_DESCRIPTION characters.
    """

    missing: tuple[Element, ...]
    is_short: bool = False

    @property
    def score(self) -> int:
        return WHOLE - sum(element.points for element in self.missing)

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def met(self) -> Sequence[Element]:
        return [element for element in Element if element not in self.missing]

    @property
    def lacks(self) -> Sequence[tuple[str, str]]:
        """What is missing, in words for the person who can add it: its name, and what to write."""
        return [(self._named(element), element.asks) for element in self.missing]

    def _named(self, element: Element) -> str:
        if element is not Element.SEEN or not self.is_short:
            return str(element.label)
        short = ngettext(
            "The description is short: at least %(count)d character",
            "The description is short: at least %(count)d characters",
            SHORTEST_DESCRIPTION,
        )
        return short % {"count": SHORTEST_DESCRIPTION}


def completeness(answers: Answers) -> Completeness:
    """Return what is missing of a report for the police to work with it."""
    missing = tuple(_missing(answers))
    is_short = Element.SEEN in missing and bool(answers.description.strip())
    return Completeness(missing, is_short=is_short)


def is_exact(place: Place) -> bool:
    """Return whether a place leads to the content itself: a page and not a whole site.

    Off the web: the name of the service beside the account, the group or the number.
    """
    if place.kind is not PlaceKind.WEB:
        return place.names_one
    scheme, _colon, rest = place.canonical.partition("://")
    _host, _slash, path = rest.partition("/")
    return bool(scheme and (path or "?" in rest or "#" in rest))


def _missing(answers: Answers) -> Iterable[Element]:
    if not answers.places or not all(map(is_exact, answers.places)):
        yield Element.ADDRESS
    if answers.met_on is None:
        yield Element.DAY
    if answers.met_time is None:
        yield Element.TIME
    if len(" ".join(answers.description.split())) < SHORTEST_DESCRIPTION:
        yield Element.SEEN
    if not answers.identities.strip():
        yield Element.IDENTITIES
    if not answers.context.strip():
        yield Element.CONTEXT


_POINTS = {
    Element.ADDRESS: 30,
    Element.SEEN: 25,
    Element.DAY: 15,
    Element.TIME: 10,
    Element.IDENTITIES: 10,
    Element.CONTEXT: 10,
}
_ASKS: dict[Element, Promise] = {
    Element.ADDRESS: _(
        "Which page is it, exactly? The address of a whole site is not enough: copy the address "
        "of the page, the post or the video. In an app, name the service and the account."
    ),
    Element.DAY: _(
        "On which day did you see it? Content moves, and records are kept for days only."
    ),
    Element.TIME: _("At what time did you see it? Even roughly: the time helps to find a trace."),
    Element.SEEN: _(
        "What can be seen or read there? Two or three sentences are enough. Describe, never copy."
    ),
    Element.IDENTITIES: _(
        "What do you know about the person behind it: a pseudonym, an account, a place? If "
        "nothing is known, write “nothing known”."
    ),
    Element.CONTEXT: _(
        "How did you find it, who is concerned, what was already done? Only give names if "
        "necessary."
    ),
}
