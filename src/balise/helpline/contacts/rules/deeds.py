"""What a record proposes from what was done in its contact: rules of the country's pack, no model.

What was done is what the listener ticks, and what Balise itself saw: a removal that was asked, a
referral that was sent. As what is proposed from words, it is saved only once a listener confirms
it; where what was done leads to two outcomes, none is proposed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from balise.foundation.packs import PackFaulty, load
from balise.helpline.contacts.rules.forms import PACKAGE
from balise.helpline.contacts.rules.proposing import ACTIONS, OUTCOME, Proposal, Source

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
