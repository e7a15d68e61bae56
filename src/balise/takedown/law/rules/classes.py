"""What follows from the items of an address: nothing here is chosen by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.takedown.law.rules.items import (
    Act,
    AgeGroup,
    Answer,
    Commerciality,
    Item,
    Reality,
    Sex,
    SiteType,
)

CHILDREN = (AgeGroup.INFANT, AgeGroup.PRE_PUBESCENT, AgeGroup.PUBESCENT)
SEXUAL_ACTS = (Act.SADISM, Act.ANIMAL, Act.PENETRATION, Act.CONTACT)
_YOUNG = (AgeGroup.INFANT, AgeGroup.PRE_PUBESCENT)
_REAL_FIRST = (Reality.REAL, Reality.UNKNOWN, Reality.GENERATED, Reality.DRAWN)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of the baseline, and whether an item meets it."""

    code: str
    says: Promise
    met: Answer


@dataclass(frozen=True, slots=True)
class Baseline:
    """Whether an item is “baseline”, and the criteria that say so."""

    answer: Answer
    criteria: tuple[Criterion, ...]


def baseline(item: Item) -> Baseline:
    """Return whether an item is baseline by INTERPOL's criteria: yes only where each is met.

    A real child, who has not reached puberty (appears younger than 13), in a sexual act or with
    the focus on the genitals. One “no” settles it; else what is not known stays not known.
    """
    criteria = (
        Criterion("real-child", _("The child is real"), _is(item.reality, Reality.REAL)),
        Criterion(
            "under-13", _("The child is under 13, or before puberty"), _is(item.age, *_YOUNG)
        ),
        Criterion(
            "severe",
            _("A sexual act, or the focus on the genitals"),
            _is(item.act, *SEXUAL_ACTS, Act.FOCUS),
        ),
    )
    return Baseline(all_of(one.met for one in criteria), criteria)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Return yes if all are, no if one is not, else unknown."""
    met = set(answers)
    if Answer.NO in met:
        return Answer.NO
    return Answer.UNKNOWN if Answer.UNKNOWN in met else Answer.YES


def youngest(items: Iterable[Item]) -> AgeGroup:
    """Return the youngest age group of several items; a known one before an unknown one."""
    return min((item.age for item in items), key=list(AgeGroup).index, default=AgeGroup.UNKNOWN)


def gravest(items: Iterable[Item]) -> Act:
    """Return the gravest act of several items; a known one before an unknown one."""
    return min((item.act for item in items), key=list(Act).index, default=Act.UNKNOWN)


def of_address(items: Sequence[Item]) -> Item | None:
    """Return what an address shows as a whole; None where nothing of it is described.

    Youngest child, gravest act, real before made: they may come from different items, which is why
    the items are kept and nothing is derived back from this. Its baseline is asked with
    `baseline_of`, never of this.
    """
    if not items:
        return None
    first = items[0]
    return replace(
        first,
        age=youngest(items),
        sex=_sexes(items),
        act=gravest(items),
        reality=min((item.reality for item in items), key=_REAL_FIRST.index),
        self_generated=_any(item.self_generated for item in items),
        child_modelling=_any(item.child_modelling for item in items),
        commerciality=_first_known((item.commerciality for item in items), Commerciality.UNKNOWN),
        site_type=_first_known((item.site_type for item in items), SiteType.UNKNOWN),
    )


def baseline_of(items: Iterable[Item]) -> Answer:
    """Return whether one of several items is baseline: no two items are mixed to make one."""
    return _any(baseline(item).answer for item in items)


def _is[Code](code: Code, *wanted: Code) -> Answer:
    if code in wanted:
        return Answer.YES
    return Answer.UNKNOWN if str(code) == Answer.UNKNOWN else Answer.NO


def _any(answers: Iterable[Answer]) -> Answer:
    met = set(answers)
    if Answer.YES in met:
        return Answer.YES
    return Answer.UNKNOWN if Answer.UNKNOWN in met or not met else Answer.NO


def _sexes(items: Sequence[Item]) -> Sex:
    known = {item.sex for item in items} - {Sex.UNKNOWN}
    if len(known) > 1:
        return Sex.BOTH
    return next(iter(known), Sex.UNKNOWN)


def _first_known[Code](codes: Iterable[Code], unknown: Code) -> Code:
    return next((code for code in codes if code != unknown), unknown)
