"""The law of the facts in sentences: their days, the text cited, the other texts to name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from balise.takedown.law.rules.facts import Certainty, Facts, LawOfFacts
from balise.takedown.law.rules.histories import Absence, Offence


def days_of(facts: Facts) -> str:
    """Return when it happened, in one sentence of the active language."""
    last = _day(facts.last)
    if facts.certainty is Certainty.UNKNOWN:
        return _("Date of the facts unknown. The content was online on %(day)s.") % {"day": last}
    if facts.first is not None and facts.first != facts.last:
        days = {"first": _day(facts.first), "last": last}
        if facts.certainty is Certainty.AT_LATEST:
            return _("Facts between %(first)s and %(last)s, on an unknown date.") % days
        return _("Facts from %(first)s to %(last)s.") % days
    if facts.certainty is Certainty.AT_LATEST:
        return _("Facts of %(day)s at the latest.") % {"day": last}
    return _("Facts of %(day)s.") % {"day": last}


def text_of(offence: Offence) -> str:
    """Return which text it is: the Act that wrote it, and the days of its force."""
    said = {"basis": offence.basis, "first": _day(offence.first_day)}
    if offence.last_day is None:
        return _("%(basis)s, in force since %(first)s") % said
    return _("%(basis)s, in force from %(first)s to %(last)s") % {
        **said,
        "last": _day(offence.last_day),
    }


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """What the law says of an offence on the days of the facts, to be said to someone."""

    found: LawOfFacts
    facts: Facts

    @property
    def lines(self) -> list[str]:
        """The days of the facts, the text cited, and the others that they may fall under.

        Where the day is known, each text is named; where it is not, the oldest and the newest.
        """
        return list(_lines(self.found, self.facts))

    @property
    def milder(self) -> list[str]:
        """The later law that may be milder: a court decides between it and the text cited."""
        return [
            _("Milder later law to consider, since %(day)s: %(what)s")
            % {"day": _day(one.first_day or date.min), "what": _milder(one)}
            for one in self.found.milder
        ]


def _lines(found: LawOfFacts, facts: Facts) -> Iterator[str]:
    yield days_of(facts)
    if found.cited is not None:
        yield _("Text: %(text)s.") % {"text": text_of(found.cited)}
    if not found.crosses:
        return
    if facts.certainty is Certainty.EXACT:
        for one in found.crossed:
            if one is not found.cited:
                yield _("The facts also fall under: %(text)s.") % {"text": span_of(one)}
    elif found.oldest is not None and found.oldest is not found.cited:
        yield _("Oldest text that they may fall under: %(text)s.") % {"text": text_of(found.oldest)}


def span_of(one: Offence | Absence) -> str:
    """Return a text, or why there is none, with its days."""
    if isinstance(one, Offence):
        return text_of(one)
    if one.first_day is None and one.last_day is not None:
        return _("until %(last)s: %(why)s") % {"last": _day(one.last_day), "why": one}
    if one.last_day is None:
        return _("since %(first)s: %(why)s") % {
            "first": _day(one.first_day or date.min),
            "why": one,
        }
    return _("from %(first)s to %(last)s: %(why)s") % {
        "first": _day(one.first_day or date.min),
        "last": _day(one.last_day),
        "why": one,
    }


def _milder(one: Offence | Absence) -> str:
    return str(one) if isinstance(one, Absence) else str(one.milder)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
