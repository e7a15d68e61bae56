"""What a record proposes from what was done, and what it leaves alone. No database."""

from datetime import date

import pytest

from balise.config.centre import countries
from balise.foundation.packs import PackFaulty, load
from balise.helpline.cases.rules.receivers import receivers
from balise.helpline.contacts.rules.forms import PACKAGE, form
from balise.helpline.contacts.rules.proposing import (
    DeedRules,
    Seen,
    Source,
    deed_rules,
    propose_from_deeds,
    read_deeds,
)

RULES = deed_rules("fr")
TODAY = date(2026, 11, 29)


def outcome(*ticked: str) -> str:
    found = propose_from_deeds(ticked, rules=RULES)
    return next((one.value for one in found if one.field == "outcome"), "")


@pytest.mark.parametrize(
    ("ticked", "what"),
    [
        (["removal"], "removal-asked"),
        (["removal", "direct", "resources"], "removal-asked"),
        (["police"], "referred"),
        (["child-protection", "police"], "referred"),
        (["direct", "school"], "referred"),
        (["resources", "mental-health"], "referred"),
        (["resources"], "advised"),
        (["direct", "resources"], "advised"),
    ],
)
def test_what_was_done_leads_to_one_outcome(ticked: list[str], what: str) -> None:
    assert outcome(*ticked) == what


@pytest.mark.parametrize(
    "ticked",
    [
        [],
        ["direct"],  # they were listened to, or advised
        ["other"],
        ["csam-report"],
        ["removal", "police"],  # two outcomes: the listener says which counts
        ["removal", "resources", "school"],
        ["a-code-of-another-day"],
    ],
)
def test_what_leads_to_none_or_to_two_proposes_nothing(ticked: list[str]) -> None:
    assert propose_from_deeds(ticked, rules=RULES) == ()


def test_what_balise_saw_is_proposed_with_its_outcome_and_says_so() -> None:
    found = propose_from_deeds([], Seen(removal=True), rules=RULES)
    assert [(one.key, one.source) for one in found] == [
        ("actions_taken:removal", Source.SEEN),
        ("outcome:removal-asked", Source.DONE),
    ]


def test_two_referrals_of_one_kind_are_one_action_and_an_unnamed_receiver_says_nothing() -> None:
    seen = Seen(receivers=frozenset({"police", "gendarmerie", "prosecutor"}))
    found = propose_from_deeds(["resources"], seen, rules=RULES)
    assert [one.key for one in found] == ["actions_taken:police", "outcome:referred"]


def test_a_removal_and_a_referral_propose_both_actions_and_no_outcome() -> None:
    seen = Seen(removal=True, receivers=frozenset({"119"}))
    found = propose_from_deeds([], seen, rules=RULES)
    assert [one.key for one in found] == ["actions_taken:removal", "actions_taken:child-protection"]


def test_what_was_refused_was_not_done() -> None:
    refused = ["actions_taken:removal"]
    found = propose_from_deeds(["police"], Seen(removal=True), rules=RULES, refused=refused)
    assert [one.key for one in found] == ["outcome:referred"]


@pytest.mark.parametrize("country", countries())
def test_a_pack_says_what_its_form_and_its_receivers_have(country: str) -> None:
    rules, one = deed_rules(country), form(country, TODAY)
    actions = {rules.removal, *rules.receivers.values(), *rules.outcomes, *rules.alone}
    one.check_codes(tuple(actions), of="actions_taken")
    one.check_codes((*rules.outcomes.values(), *rules.alone.values()), of="outcomes")
    assert set(rules.receivers) <= {each.code for each in receivers(country)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"nothing": "x"},
        {"outcomes": {"referred": ["police"], "advised": ["police"]}},
        {"outcomes_alone": {"advised": ["police"]}},
    ],
)
def test_a_pack_that_is_wrong_stops_the_start(wrong: dict[str, object]) -> None:
    pack = load(PACKAGE, country="fr", name="deeds")
    assert isinstance(read_deeds(pack), DeedRules)
    with pytest.raises(PackFaulty):
        read_deeds(pack | wrong)
