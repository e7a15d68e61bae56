"""What leaves after a verdict follows from its offence and from the content, without a database."""

from datetime import date

import pytest
from django.utils.translation import override

from balise.hotline.reports.rules.leaving import About, leaves
from balise.hotline.reports.rules.words import Confidence, Verdict
from balise.takedown.law.rules import Offence, offence_on

TODAY = date(2026, 11, 28)
FOLLOWED = About(followers=4)


@pytest.fixture(autouse=True)
def in_english() -> object:
    with override("en"):
        yield


def offence(code: str) -> Offence:
    return offence_on(code, on=TODAY, country="FR")


@pytest.mark.parametrize(
    "verdict", [Verdict.HARMFUL, Verdict.OUT_OF_SCOPE, Verdict.GONE, Verdict.UNVERIFIABLE]
)
def test_what_is_not_illegal_goes_to_its_reporters_alone(verdict: Verdict) -> None:
    assert leaves(verdict, None, Confidence.DOUBTFUL, FOLLOWED) == ["4 reporters told"]
    assert leaves(verdict, offence("csam-sharing"), None, FOLLOWED) == ["4 reporters told"]
    assert leaves(verdict, None, None, About()) == ["nobody to tell"]


def test_nothing_is_said_of_an_illegal_one_before_its_offence_is_known() -> None:
    assert leaves(Verdict.ILLEGAL, None, Confidence.SURE, FOLLOWED) == []


def test_nothing_leaves_before_a_second_review() -> None:
    waits = ["second review by a colleague"]

    assert leaves(Verdict.ILLEGAL, offence("terrorism"), Confidence.SURE, FOLLOWED) == waits
    assert leaves(Verdict.ILLEGAL, offence("hate-insult"), Confidence.DOUBTFUL, FOLLOWED) == waits


def test_an_illegal_one_goes_to_the_police_the_host_and_its_reporters() -> None:
    second = About(at_once=True, followers=1)
    told = leaves(Verdict.ILLEGAL, offence("terrorism"), Confidence.DOUBTFUL, second)

    assert told[0] == "police dossier"
    assert told[-2:] == ["notice to the host", "1 reporter told"]


def test_what_has_no_address_has_no_host_to_tell() -> None:
    told = leaves(
        Verdict.ILLEGAL,
        offence("csam-sharing"),
        Confidence.SURE,
        About(at_once=True, has_address=False, is_abroad=True),
    )

    assert "notice to the host" not in told
    assert "hotline abroad" in told
