"""What a record proposes, from words that a person said: data of the country's pack, no model.

A proposal is shown with the words that made it, and is saved only once a listener has confirmed
it. What the lists do not find is written by the listener, as everything else is.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from balise.foundation.packs import PackFaulty, load
from balise.helpline.contacts.rules.forms import OLDEST, PACKAGE
from balise.helpline.queue.rules.danger_words import plain

AGE, CALLER, PLACE, RISK, TOPICS = "child_age", "caller_relation", "place", "risk", "topics"
ACTIONS, OUTCOME = "actions_taken", "outcome"
FIELDS = frozenset({AGE, CALLER, PLACE, RISK, TOPICS, ACTIONS, OUTCOME})
MANY = frozenset({TOPICS, ACTIONS})  # fields that hold several values
FOLLOWS = frozenset({OUTCOME})  # fields that, once confirmed, are proposed anew after other deeds
MOST_TOPICS = 4
YOUNGEST = 4  # years: one who writes
ADULT = 18  # years: from here on, an age does not say that the caller is the young person
_LOOKED_AT = 20_000  # characters of what was said, the last ones
_LISTS = frozenset({"ignored", "negations", "reported", "not_ages", "ages", "ages_of_child"})
_OF_A_CHILD = frozenset({"parent"})  # who says the age of their child
_OF_CODES = frozenset({"callers", "places", "topics"})
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"|^[^\S\n]*>.*$", re.MULTILINE)
_APOSTROPHE = re.compile("['\u2019\u02bc`\u00b4]")
_CLAUSE = re.compile(r"[.,;:!?…\n()]+")
_OUT = " | "  # in the place of what is ignored: no phrase goes across it
_BEFORE_PHRASE, _BEFORE_AGE = 3, 4  # words


class Source(StrEnum):
    """From what something is proposed."""

    WORDS = "words"  # those of `because`; what the person gave as they began where it is ""
    DANGER = "danger"  # words of danger, which raised the risk
    DONE = "done"  # the actions of the record
    SEEN = "seen"  # what was asked or sent in Balise, in this contact


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value for a field of a record, and what made it: the words, or what was done."""

    field: str
    value: str
    because: str = ""
    source: Source = Source.WORDS

    @property
    def key(self) -> str:
        """Return what a listener confirms or refuses: `field:value`."""
        return f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as they are compared, and as the list writes them."""

    plain: str
    written: str


@dataclass(frozen=True, slots=True)
class ProposalWords:
    """The words of a country: its lists, then phrases by code, in the order of the pack."""

    ignored: tuple[Phrase, ...]
    negations: tuple[Phrase, ...]
    reported: tuple[Phrase, ...]
    not_ages: tuple[Phrase, ...]
    ages: tuple[tuple[re.Pattern[str], str], ...]
    ages_of_child: tuple[tuple[re.Pattern[str], str], ...]
    callers: Mapping[str, tuple[Phrase, ...]]
    places: Mapping[str, tuple[Phrase, ...]]
    topics: Mapping[str, tuple[Phrase, ...]]

    def of_topic(self, code: str) -> str:
        """Return the words that also find a topic in a search."""
        return " ".join(one.written for one in self.topics.get(code, ()))


def propose(
    said: Sequence[str], *, words: ProposalWords, age: int | None = None, caller: str = ""
) -> tuple[Proposal, ...]:
    """Return what may be written of a person, from what they said, the oldest first.

    `age` in years and `caller` are what they gave as they began: these come before their words.
    """
    clauses = [each for text in _recent(said) for each in _clauses(text, words)]
    told = next(_met(clauses, words.callers, words.negations), None) if not caller else None
    who, who_says = told or (caller, "")
    of_child = who in _OF_A_CHILD
    years, why = (age, "") if age is not None else _age(clauses, words, of_child=of_child)
    found = [] if years is None else [Proposal(AGE, str(years), why)]
    if who:
        found.append(Proposal(CALLER, who, who_says))
    elif years is not None and years < ADULT:
        found.append(Proposal(CALLER, "child", why))
    found += [Proposal(PLACE, *one) for one in _most(clauses, words.places, words.negations, 1)]
    topics = _most(clauses, words.topics, words.negations, MOST_TOPICS)
    return (*found, *(Proposal(TOPICS, *one) for one in topics))


@cache
def proposal_words(country: str) -> ProposalWords:
    """Return the words of a country; raises PackFaulty for a pack that is not right."""
    return read_words(load(PACKAGE, country=country, name="proposals"))


def read_words(pack: Mapping[str, Any]) -> ProposalWords:
    """Return the words of a pack; PackFaulty where it is wrong."""
    if wrong := set(pack) ^ (_LISTS | _OF_CODES | ({"to_verify"} & set(pack))):
        raise PackFaulty(f"proposals: {min(wrong)} is missing, or nothing reads it")
    return ProposalWords(
        ignored=_phrases(pack["ignored"], "ignored"),
        negations=_phrases(pack["negations"], "negations"),
        reported=_phrases(pack["reported"], "reported"),
        not_ages=_phrases(pack["not_ages"], "not_ages"),
        ages=tuple(_age_of(each) for each in pack["ages"]),
        ages_of_child=tuple(_age_of(each) for each in pack["ages_of_child"]),
        callers=_by_code(pack, "callers"),
        places=_by_code(pack, "places"),
        topics=_by_code(pack, "topics"),
    )


def _by_code(pack: Mapping[str, Any], name: str) -> dict[str, tuple[Phrase, ...]]:
    return {code: _phrases(each, f"{name}.{code}") for code, each in pack[name].items()}


def _phrases(written: Iterable[str], name: str) -> tuple[Phrase, ...]:
    # Two spellings that are compared alike are one phrase, and count once.
    found = tuple({_plain(each): Phrase(_plain(each), each) for each in written}.values())
    if not found or not all(one.plain for one in found):
        raise PackFaulty(f"proposals.{name}: at least one phrase, none of them empty")
    return found


def _age_of(written: str) -> tuple[re.Pattern[str], str]:
    before, number, after = written.partition("{n}")
    if not number:
        raise PackFaulty(f"proposals.ages: {written} has no {{n}}")
    start = "^ " if before.startswith("^") else " "
    around = (_plain(before.removeprefix("^")), _plain(after))
    gap = "" if after and not after.startswith(" ") else " "
    spaced = f"{around[0]} " if around[0] else ""
    pattern = f"{start}{re.escape(spaced)}([0-9]{{1,3}})(?={gap}{re.escape(around[1])} )"
    if not around[1]:
        pattern = f"{start}{re.escape(spaced)}([0-9]{{1,3}})(?= )"
    return re.compile(pattern), written.removeprefix("^")


def _plain(text: str) -> str:
    return plain(_APOSTROPHE.sub(" ", text))


def _recent(said: Sequence[str]) -> list[str]:
    """Return the last texts, of some length in all, in their order."""
    left, found = _LOOKED_AT, []
    for text in reversed(said):
        found.append(text[:left])
        left -= len(text)
        if left <= 0:
            break
    return found[::-1]


def _clauses(text: str, words: ProposalWords) -> Iterator[str]:
    """Return the parts of a text between its marks, as they are compared, within spaces."""
    for part in _CLAUSE.split(_QUOTED.sub(" . ", text)):
        clause = f" {_plain(part)} "
        for one in words.ignored:
            clause = clause.replace(f" {one.plain} ", _OUT)
        if clause.strip():
            yield clause


def _is_after(before: str, words: int, any_of: Sequence[Phrase]) -> bool:
    """Return whether one of some phrases stands in the last words before a place."""
    near = f" {' '.join(before.rpartition('|')[2].split()[-words:])} "
    return any(f" {one.plain} " in near for one in any_of)


def _ages(
    clauses: Sequence[str], words: ProposalWords, *, of_child: bool
) -> Iterator[tuple[int, str]]:
    """Yield the ages that were said, the last first, and the words for each."""
    for clause in reversed(clauses):
        for pattern, written in words.ages_of_child if of_child else words.ages:
            for match in pattern.finditer(clause):
                years, rest = int(match[1]), clause[match.end() :]
                if after := _plain(written.partition("{n}")[2]):
                    rest = rest.removeprefix(f" {after}").removeprefix(after)
                is_other = _is_after(clause[: match.start()], _BEFORE_AGE, words.reported)
                is_none = any(rest.startswith(f" {one.plain} ") for one in words.not_ages)
                if YOUNGEST <= years <= OLDEST and not is_other and not is_none:
                    yield years, written.replace("{n}", match[1])


def _age(clauses: Sequence[str], words: ProposalWords, *, of_child: bool) -> tuple[int | None, str]:
    """Return the age that was said last, and the words for it; none of a child among several."""
    found = list(_ages(clauses, words, of_child=of_child))
    if not found or (of_child and len({years for years, _said in found}) > 1):
        return None, ""
    return found[0]


def _met(
    clauses: Sequence[str], by_code: Mapping[str, Sequence[Phrase]], negations: Sequence[Phrase]
) -> Iterator[tuple[str, str]]:
    """Return each code of which a phrase was said, and that phrase, as often as it was said."""
    for code, phrases in by_code.items():
        for clause in clauses:
            for one in phrases:
                before, met, after = clause.partition(f" {one.plain} ")
                if not met or _is_after(before, _BEFORE_PHRASE, negations):
                    continue
                # “me harcèlent pas”: French also denies after the verb.
                if not any(after.startswith(f"{each.plain} ") for each in negations):
                    yield code, one.written


def _most(
    clauses: Sequence[str],
    by_code: Mapping[str, Sequence[Phrase]],
    negations: Sequence[Phrase],
    most: int,
) -> list[tuple[str, str]]:
    """Return the codes that were said most, with the first phrase of each."""
    met = list(_met(clauses, by_code, negations))
    first = dict(reversed(met))
    return [(code, first[code]) for code, _times in Counter(c for c, _ in met).most_common(most)]


# What a record proposes from what was done in its contact: rules of the country's pack, no model.
#
# What was done is what the listener ticks, and what Balise itself saw: a removal that was asked,
# a referral that was sent. As what is proposed from words, it is saved only once a listener
# confirms it; where what was done leads to two outcomes, none is proposed.


_TABLES = frozenset({"removal", "receivers", "outcomes", "outcomes_alone"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What Balise saw in one contact: a removal asked, and to whom they were referred (codes)."""

    removal: bool = False
    receivers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DeedRules:
    """What a country says of deeds, in codes.

    `removal`: the action that a removal asked is; `receivers`: the action that a referral is, by
    whom it is sent to. `outcomes`: the outcome of an action; `alone`: of one that says it only
    where no other does.
    """

    removal: str
    receivers: Mapping[str, str]
    outcomes: Mapping[str, str]
    alone: Mapping[str, str]


NOTHING_SEEN = Seen()


def propose_from_deeds(
    ticked: Collection[str],
    seen: Seen = NOTHING_SEEN,
    *,
    rules: DeedRules,
    refused: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """Return the actions that Balise saw, then the outcome of all that was done, if it is one.

    `ticked`: the actions that the record says; `refused`: keys of proposals. An action that was
    refused was not done.
    """
    codes = [rules.removal] if seen.removal else []
    codes += [rules.receivers[each] for each in sorted(seen.receivers) if each in rules.receivers]
    found = [Proposal(ACTIONS, code, source=Source.SEEN) for code in dict.fromkeys(codes)]
    found = [one for one in found if one.key not in refused]
    outcome = _outcome({*ticked, *(one.value for one in found)}, rules)
    if outcome:
        found.append(Proposal(OUTCOME, outcome, source=Source.DONE))
    return tuple(found)


def _outcome(done: Collection[str], rules: DeedRules) -> str:
    for said in (rules.outcomes, rules.alone):
        outcomes = {said[action] for action in done if action in said}
        if outcomes:
            return outcomes.pop() if len(outcomes) == 1 else ""
    return ""


@cache
def deed_rules(country: str) -> DeedRules:
    """Return what a country says of deeds; raises PackFaulty for a pack that is not right."""
    return read_deeds(load(PACKAGE, country=country, name="deeds"))


def read_deeds(pack: Mapping[str, Any]) -> DeedRules:
    """Return what a pack says of deeds; PackFaulty where it is wrong."""
    if wrong := set(pack) ^ (_TABLES | ({"to_verify"} & set(pack))):
        raise PackFaulty(f"deeds: {min(wrong)} is missing, or nothing reads it")
    outcomes, alone = _by_action(pack, "outcomes"), _by_action(pack, "outcomes_alone")
    if twice := set(outcomes) & set(alone):
        raise PackFaulty(f"deeds: {min(twice)} leads to one outcome alone")
    return DeedRules(
        removal=str(pack["removal"]),
        receivers={str(who): str(action) for who, action in pack["receivers"].items()},
        outcomes=outcomes,
        alone=alone,
    )


def _by_action(pack: Mapping[str, Any], name: str) -> dict[str, str]:
    pairs = [(action, outcome) for outcome, each in pack[name].items() for action in each]
    if len(dict(pairs)) != len(pairs):
        raise PackFaulty(f"deeds.{name}: an action leads to one outcome alone")
    return dict(pairs)
