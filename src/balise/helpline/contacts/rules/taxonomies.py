"""One pick, many taxonomies: our topics, and the codes of others that they count under.

A list may be another from a day on. What no topic reaches, what several share and what another
list cannot say is told by `loss`.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused
from balise.helpline.contacts.rules.forms import Option, read_option
from balise.takedown.law.rules.histories import DSA_KEYWORDS

PACKAGE = "balise.helpline.contacts"


class TopicUnknown(Refused, code="topic-unknown"):
    pass


class TaxonomyUnknown(Refused, code="taxonomy-unknown"):
    pass


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of ours: its group, its words, and the code in each other list ("" for none)."""

    code: str
    group: str
    label: Words
    to: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """Topics that are shown together on the page."""

    code: str
    label: Words
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """A list of codes in force between two days; `to_verify` says what is not official yet."""

    taxonomy: str
    since: date
    until: date
    codes: tuple[Option, ...]
    to_verify: Words | None


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost on the way to another list.

    `unsaid` are topics of ours that it cannot say, `merged` its codes with the topics they blur,
    `unreached` its codes that no topic of ours leads to.
    """

    unsaid: tuple[str, ...]
    merged: Mapping[str, tuple[str, ...]]
    unreached: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taxonomies:
    """Our topics and the lists of others, of one day."""

    groups: tuple[TopicGroup, ...]
    editions: Mapping[str, Edition]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Return every topic, in the order in which to offer it."""
        return tuple(topic for group in self.groups for topic in group.topics)

    def topic(self, code: str) -> Topic:
        """Return a topic, or refuse."""
        for topic in self.topics:
            if topic.code == code:
                return topic
        raise TopicUnknown(_("This topic does not exist."))

    def check(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return topics, each once, in the given order; refuse one that there is not."""
        return tuple(dict.fromkeys(self.topic(code).code for code in codes))

    def map(self, code: str, *, to: str) -> str:
        """Return the code of a topic in another list, "" where that list cannot say it."""
        return self.topic(code).to[self._edition(to).taxonomy]

    def reached(self, of: str) -> frozenset[str]:
        """Return the codes of another list that topics of ours lead to."""
        self._edition(of)
        return frozenset(topic.to[of] for topic in self.topics) - {""}

    def back(self, code: str, *, of: str) -> tuple[str, ...]:
        """Return our topics that count under a code of another list."""
        self._edition(of)
        return tuple(topic.code for topic in self.topics if topic.to[of] == code)

    def loss(self, to: str) -> Loss:
        """Return what is lost on the way to another list."""
        edition = self._edition(to)
        met: dict[str, list[str]] = defaultdict(list)
        for topic in self.topics:
            met[topic.to[to]].append(topic.code)
        unsaid = tuple(met.pop("", ()))
        return Loss(
            unsaid=unsaid,
            merged={code: tuple(topics) for code, topics in met.items() if len(topics) > 1},
            unreached=tuple(each.code for each in edition.codes if each.code not in met),
        )

    def _edition(self, taxonomy: str) -> Edition:
        if taxonomy not in self.editions:
            raise TaxonomyUnknown(_("This code list does not exist."))
        return self.editions[taxonomy]


@cache
def taxonomies(country: str, on: date) -> Taxonomies:
    """Return the topics and lists of a country on a day, or PackFaulty."""
    editions = enumerate(_editions(country))
    return _with(
        country, tuple(place for place, each in editions if each.since <= on <= each.until)
    )


def counted_codes(country: str, taxonomy: str, on: date) -> dict[str, bool]:
    """Return the codes of a list, and whether something of ours counted under each on a day.

    Those of later editions are there too: they were not counted then.
    """
    then = taxonomies(country, on)
    reached = then.reached(taxonomy)
    later = [e for e in _editions(country) if e.taxonomy == taxonomy and e.since > on]
    every = {code.code for each in (then.editions[taxonomy], *later) for code in each.codes}
    return {code: code in reached for code in sorted(every)}


@cache
def _with(country: str, places: tuple[int, ...]) -> Taxonomies:
    """Return the topics in some editions of the lists: the same for all the days that have them."""
    editions = _editions(country)
    valid = {editions[place].taxonomy: editions[place] for place in places}
    groups = tuple(
        TopicGroup(
            code=str(entry["code"]),
            label=Words.read(entry.get("label"), where=f"topics.{entry['code']}"),
            topics=tuple(_topic(each, str(entry["code"]), valid) for each in entry["topics"]),
        )
        for entry in load(PACKAGE, country=country, name="topics")["groups"]
    )
    codes = [topic.code for group in groups for topic in group.topics]
    if len(set(codes)) != len(codes):
        raise PackFaulty("topics: each code once")
    return Taxonomies(groups, valid)


@cache
def _editions(country: str) -> tuple[Edition, ...]:
    pack = load(PACKAGE, country=country, name="taxonomies")
    found = [
        Edition(
            taxonomy=str(entry["taxonomy"]),
            since=entry.get("since", date.min),
            until=entry.get("until", date.max),
            codes=tuple(read_option(each, where="taxonomies") for each in entry["codes"]),
            to_verify=Words.read(entry["to_verify"], where="taxonomies.to_verify")
            if "to_verify" in entry
            else None,
        )
        for entry in pack["editions"]
    ]
    keywords = tuple(
        Option(code=each, label=Words((("en", each.removeprefix("KEYWORD_")),)))
        for each in sorted(DSA_KEYWORDS)
    )
    found.append(Edition("dsa", date.min, date.max, keywords, None))
    return tuple(found)


def _topic(entry: dict[str, Any], group: str, editions: Mapping[str, Edition]) -> Topic:
    to = {}
    for name, edition in editions.items():
        said = entry.get(name, "")
        # What an earlier version of a list said differently is kept too, under its last day.
        code = entry.get(f"{name}_until", {}).get(edition.until.isoformat(), said)
        if code and code not in {each.code for each in edition.codes}:
            raise PackFaulty(f"topics.{entry['code']}: {name} has no {code}")
        to[name] = str(code)
    return Topic(
        code=str(entry["code"]),
        group=group,
        label=Words.read(entry.get("label"), where=f"topics.{entry['code']}"),
        to=to,
    )
