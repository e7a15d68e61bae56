"""The sheet: what a platform's own form asks, field by field, ready to be copied."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext as _, gettext_lazy, override

from balise.takedown.notices.queries.standing import OpenedNotice
from balise.takedown.notices.queries.wording import Part, word_parts
from balise.takedown.notices.rules.letters import SeenBy

_SEEN: dict[SeenBy, Promise] = {
    SeenBy.LOOKED: gettext_lazy("Seen there on"),
    SeenBy.ANALYST: gettext_lazy("Seen there on"),
    SeenBy.WATCH: gettext_lazy("Found online by our monitoring on"),
    SeenBy.REPORTED: gettext_lazy("Reported to us on"),
    SeenBy.REPORTER: gettext_lazy("Reported to us on"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: what it is called, for the person who copies, and what goes into it.

    `language` is the language of the value.
    """

    name: str
    label: str
    value: str
    language: str

    @property
    def is_long(self) -> bool:
        """Whether the value is more than one line of a form."""
        return self.rows > 1

    @property
    def rows(self) -> int:
        """How many lines the value needs, 1 to 12."""
        lines = sum(1 + len(line) // 90 for line in self.value.splitlines())
        return max(1, min(12, lines))


def sheet(opened: OpenedNotice) -> tuple[Field, ...]:
    """Return the fields of a notice in the order in which forms ask for them.

    Addresses come in portions where the form takes only so many at once. Who notifies is left out
    where the notice leaves it out.
    """
    return tuple(_fields(opened))


def _fields(opened: OpenedNotice) -> Iterator[Field]:
    organisation = opened.notice.contact.organisation
    theirs, ours, letter = organisation.language, (get_language() or "fr")[:2], opened.letter
    with override(theirs):
        parts = {part.name: part.text for part in _parts(opened)}
        words = str(opened.offence.words)
        article = "\n".join((str(opened.offence.article), *opened.law.lines))
        form = "DATETIME_FORMAT" if letter.sighting.is_ours else "DATE_FORMAT"
        seen = date_format(localtime(letter.sighting.at), form)
    portion = organisation.max_locations or len(letter.locations) or 1
    portions = list(batched(letter.locations, portion, strict=False))
    for number, some in enumerate(portions, 1):
        label = (
            _("Addresses, part %(number)d of %(count)d")
            % {"number": number, "count": len(portions)}
            if len(portions) > 1
            else _("Addresses of the content")
        )
        yield Field(f"locations-{number}", label, "\n".join(some), ours)
    yield Field("offence", _("Offence"), words, theirs)
    yield Field("law", _("Legal basis"), article, theirs)
    category = " – ".join(filter(None, (opened.offence.dsa_category, opened.offence.dsa_keyword)))
    yield Field("category", _("Category of the DSA"), category, "en")
    is_ours = letter.sighting.is_ours
    in_short = _("Summary of the content") if is_ours else _("Summary of the report")
    yield Field("explanation", in_short, letter.explanation, theirs)
    yield Field("why", _("Why it is illegal, in full"), parts["why"], theirs)
    if letter.details:
        yield Field("details", _("Details to find it"), letter.details, theirs)
    yield Field("seen", str(_SEEN[letter.sighting.by]), seen, theirs)
    if letter.names_notifier:
        centre = settings.CENTRE
        yield Field("name", _("Notifier"), centre.organisation, ours)
        yield Field("email", _("E-mail address"), centre.notice_email, ours)
        yield Field("address", _("Postal address"), centre.postal_address, ours)
    yield Field("faith", _("Good faith"), parts["faith"], theirs)
    yield Field("number", _("Our number"), opened.number, ours)
    if opened.notice.country:
        yield Field("country", _("Country"), opened.notice.country, ours)


def _parts(opened: OpenedNotice) -> Iterator[Part]:
    organisation = opened.notice.contact.organisation
    yield from word_parts(
        opened.letter,
        offence=opened.offence,
        law=opened.law,
        host=organisation.name,
        number=opened.number,
        language=organisation.language,
        centre=settings.CENTRE,
    )
