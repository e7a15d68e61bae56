"""When the facts happened, how sure that is, and what the law of these days says of an offence.

Facts are judged by the text of their day; a milder text that came later may apply to them (article
112-1 of the French Criminal Code). It is named; nothing here decides between the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.takedown.law.rules.histories import Absence, History, Offence, Why


class Certainty(TextChoices):
    """How sure the days of the facts are."""

    EXACT = "exact", _("They are known")
    AT_LATEST = "at-latest", _("On that day at the latest")
    UNKNOWN = "unknown", _("Not known")


class DaysOutOfOrder(Refused, code="facts-days-out-of-order"):
    """The first day of the facts comes after the last one, or a day is still to come."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The days between which it happened; the law is that of `last`.

    `last` is the day of the last certain act; where no day is certain, the day by which it was seen
    or reported. `first` is None where it happened on one day, or where nobody knows since when.
    """

    last: date
    first: date | None = None
    certainty: Certainty = Certainty.EXACT

    @property
    def since(self) -> date:
        """The first day that it may have happened on, date.min where nobody knows."""
        if self.first is not None:
            return self.first
        return self.last if self.certainty is Certainty.EXACT else date.min


@dataclass(frozen=True, slots=True)
class LawOfFacts:
    """What the law says of an offence on the days of the facts.

    `cited` is the text of the last day, None where there is none. `crossed` are all texts and gaps
    that the facts may fall under, the oldest first. `milder` are later ones to name beside it: a
    text that says what is milder in it, an annulment or a repeal.
    """

    cited: Offence | None
    crossed: tuple[Offence | Absence, ...]
    milder: tuple[Offence | Absence, ...]

    @property
    def crosses(self) -> bool:
        """Whether the facts may fall under more than one text: all are named."""
        return len(self.crossed) > 1

    @property
    def texts_beside(self) -> tuple[Offence, ...]:
        """The other texts to name: those that the facts may fall under, and milder later ones."""
        named = (*self.crossed, *self.milder)
        return tuple(one for one in named if isinstance(one, Offence) and one is not self.cited)

    @property
    def oldest(self) -> Offence | None:
        return next((one for one in self.crossed if isinstance(one, Offence)), None)


def check_days(facts: Facts, *, today: date) -> None:
    """Refuse days to come, and a first day after the last."""
    if facts.last > today:
        raise DaysOutOfOrder(str(_("This date is in the future: check it.")))
    if facts.first is not None and facts.first > facts.last:
        raise DaysOutOfOrder(str(_("The first day is after the last one: check the dates.")))


def law_of(history: History, facts: Facts) -> LawOfFacts:
    """Return what the law says of an offence on the days of the facts.

    An offence that lasts, as a lawyer confirmed, falls under the text of its last day alone.
    """
    on_last = history.on(facts.last)
    cited = on_last if isinstance(on_last, Offence) else None
    lasts = cited is not None and cited.lasts
    since = facts.last if lasts else facts.since
    crossed = tuple(
        one
        for one in history.spans
        if (one.first_day or date.min) <= facts.last and (one.last_day or date.max) >= since
    )
    later = (one for one in history.spans if (one.first_day or date.min) > facts.last)
    return LawOfFacts(cited, crossed, tuple(filter(_is_milder, later)) if cited else ())


def _is_milder(one: Offence | Absence) -> bool:
    if isinstance(one, Absence):
        return one.reason in {Why.ANNULLED, Why.REPEALED}
    return one.milder is not None


# The law of the facts in sentences: their days, the text cited, the other texts to name.


def days_of(facts: Facts) -> str:
    """Return when it happened, in one sentence of the active language."""
    last = _day(facts.last)
    if facts.certainty is Certainty.UNKNOWN:
        return gettext("Date of the facts unknown. The content was online on %(day)s.") % {
            "day": last
        }
    if facts.first is not None and facts.first != facts.last:
        days = {"first": _day(facts.first), "last": last}
        if facts.certainty is Certainty.AT_LATEST:
            return gettext("Facts between %(first)s and %(last)s, on an unknown date.") % days
        return gettext("Facts from %(first)s to %(last)s.") % days
    if facts.certainty is Certainty.AT_LATEST:
        return gettext("Facts of %(day)s at the latest.") % {"day": last}
    return gettext("Facts of %(day)s.") % {"day": last}


def text_of(offence: Offence) -> str:
    """Return which text it is: the Act that wrote it, and the days of its force."""
    said = {"basis": offence.basis, "first": _day(offence.first_day)}
    if offence.last_day is None:
        return gettext("%(basis)s, in force since %(first)s") % said
    return gettext("%(basis)s, in force from %(first)s to %(last)s") % {
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
            gettext("Milder later law to consider, since %(day)s: %(what)s")
            % {"day": _day(one.first_day or date.min), "what": _milder(one)}
            for one in self.found.milder
        ]


def _lines(found: LawOfFacts, facts: Facts) -> Iterator[str]:
    yield days_of(facts)
    if found.cited is not None:
        yield gettext("Text: %(text)s.") % {"text": text_of(found.cited)}
    if not found.crosses:
        return
    if facts.certainty is Certainty.EXACT:
        for one in found.crossed:
            if one is not found.cited:
                yield gettext("The facts also fall under: %(text)s.") % {"text": span_of(one)}
    elif found.oldest is not None and found.oldest is not found.cited:
        yield gettext("Oldest text that they may fall under: %(text)s.") % {
            "text": text_of(found.oldest)
        }


def span_of(one: Offence | Absence) -> str:
    """Return a text, or why there is none, with its days."""
    if isinstance(one, Offence):
        return text_of(one)
    if one.first_day is None and one.last_day is not None:
        return gettext("until %(last)s: %(why)s") % {"last": _day(one.last_day), "why": one}
    if one.last_day is None:
        return gettext("since %(first)s: %(why)s") % {
            "first": _day(one.first_day or date.min),
            "why": one,
        }
    return gettext("from %(first)s to %(last)s: %(why)s") % {
        "first": _day(one.first_day or date.min),
        "last": _day(one.last_day),
        "why": one,
    }


def _milder(one: Offence | Absence) -> str:
    return str(one) if isinstance(one, Absence) else str(one.milder)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
